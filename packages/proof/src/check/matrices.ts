import { contextPaths } from "@ci-fix/expression";
import type { Job, Workflow } from "@ci-fix/workflow";
import { decisions, sourcesIn } from "./domains.ts";
import type { Answer } from "./oracle.ts";

type Row = Readonly<Record<string, unknown>>;

type Legs = readonly (readonly [string, ReadonlyMap<string, Answer> | undefined])[];

const known = new WeakMap<Job, Legs>();

/** The legs that conditions can tell apart: what they are called, and the values of what is read. */
export function legs(jobs: readonly Job[], job: Job): Legs {
  const found = known.get(job) ?? toldApart(jobs, job);
  known.set(job, found);
  return found;
}

function toldApart(jobs: readonly Job[], job: Job): Legs {
  const one = [["", undefined]] as const;
  if (job.matrix === undefined) return one;
  const reads = jobs
    .flatMap((each) => [each, ...each.steps])
    .flatMap(decisions)
    .flatMap(sourcesIn)
    .flatMap(({ tree }) => contextPaths(tree))
    .map((path) => path.map((name) => name.toLowerCase()))
    .filter(([context]) => context === "matrix");
  const paths = [...new Set(reads.map(([, ...names]) => names.join(".")))].sort();
  const rows = rowsOf(job);
  if (paths.length === 0 || rows === undefined || paths.some((path) => path === "" || path.split(".").includes("*")))
    return one;
  const found = new Map<string, ReadonlyMap<string, Answer>>();
  for (const row of rows) {
    const values = new Map(paths.map((path) => [path, dig(row, path.split("."))] as const));
    if ([...values.values()].some((value) => value === undefined)) return one;
    const name = [...values]
      .map(([path, value]) => `${path}=${typeof value === "object" ? "" : String(value)}`)
      .join(", ");
    found.set(` (${name})`, values as ReadonlyMap<string, Answer>);
  }
  return found.size === 0 || found.size > 64 ? one : [...found];
}

function dig(from: unknown, names: readonly string[]): Answer | undefined {
  const [first, ...rest] = names;
  if (first === undefined) {
    if (from === undefined || from === null) return null;
    if (typeof from === "string") return from.includes("${{") ? undefined : from;
    return typeof from === "number" || typeof from === "boolean" ? from : undefined;
  }
  if (typeof from !== "object" || from === null) return null;
  return dig(Object.entries(from).find(([key]) => key.toLowerCase() === first)?.[1] ?? null, rest);
}

function rowsOf(job: Job): readonly Row[] | undefined {
  const matrix = at(at(jobData(job), "strategy"), "matrix");
  if (typeof matrix !== "object" || matrix === null || Array.isArray(matrix)) return undefined;
  const { include = [], exclude = [], ...axes } = matrix as Row;
  if (!isRows(include) || !isRows(exclude)) return undefined;
  const names = Object.keys(axes);
  let rows: Row[] = names.length === 0 ? [] : [{}];
  for (const name of names) {
    const values = axes[name];
    if (!Array.isArray(values) || rows.length * values.length > 512) return undefined;
    rows = rows.flatMap((row) => values.map((value: unknown) => ({ ...row, [name]: value })));
  }
  rows = rows.filter((row) => !exclude.some((out) => fits(row, out, Object.keys(out))));
  const made = rows.map((row) => ({ ...row }));
  for (const extra of include) {
    const into = rows.flatMap((row, index) =>
      fits(
        row,
        extra,
        Object.keys(extra).filter((key) => names.includes(key)),
      )
        ? [index]
        : [],
    );
    for (const index of into) made[index] = { ...made[index], ...extra };
    if (into.length === 0) made.push({ ...extra });
  }
  return made;
}

function fits(row: Row, other: Row, keys: readonly string[]): boolean {
  return keys.every((key) => JSON.stringify(row[key]) === JSON.stringify(other[key]));
}

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row));
}

export function at(from: unknown, key: string): unknown {
  return typeof from === "object" && from !== null ? (from as Row)[key] : undefined;
}

const data = new WeakMap<Workflow, unknown>();

export function fileData(workflow: Workflow): unknown {
  const all = data.get(workflow) ?? workflow.file.yaml.toJS(0);
  data.set(workflow, all);
  return all;
}

export function jobData(job: Job): unknown {
  return at(at(fileData(job.workflow), "jobs"), job.id);
}
