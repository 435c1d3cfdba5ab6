import type { Job, Workflow } from "@ci-fix/workflow";
import type { Term } from "../engine/diagram.ts";
import { readPaths } from "../variables/tree.ts";
import { writtenIn } from "../variables/vocabulary.ts";

/** One leg of a matrix, or all those that no condition can tell apart. */
export interface Leg {
  /** ` (os=linux)`, empty where there is but one. */
  readonly name: string;
  /** Values by path, `os` or `config.name`, for what conditions read; undefined where the file does not say them. */
  readonly values: ReadonlyMap<string, Term> | undefined;
}

const MOST_COMBINATIONS = 512;
const MOST_LEGS = 64;
const ALIKE: readonly Leg[] = [{ name: "", values: undefined }];

type Combination = Readonly<Record<string, unknown>>;

/**
 * The legs of a matrix, those that no condition tells apart taken as one. Legs of one kind end in the same ways, so that
 * what holds of one of them holds of all.
 */
export function legsOf(job: Job, paths: readonly string[] | undefined): readonly Leg[] {
  if (job.matrix === undefined) return ALIKE;
  const combinations = paths === undefined || paths.length === 0 ? undefined : combinationsOf(job);
  if (combinations === undefined || paths === undefined) return ALIKE;
  const legs = new Map<string, Leg>();
  for (const combination of combinations) {
    const values = new Map<string, Term>();
    for (const path of paths) {
      const term = termAt(combination, path.split("."));
      if (term === undefined) return ALIKE;
      values.set(path, term);
    }
    const name = [...values].map(([path, term]) => `${path}=${String(term ?? "")}`).join(", ");
    legs.set(name, { name: ` (${name})`, values });
  }
  return legs.size === 0 || legs.size > MOST_LEGS ? ALIKE : [...legs.values()];
}

/**
 * What the conditions of a job read of `matrix`, on either side of a fix: legs are the same on both. Undefined where they
 * read it in a way that cannot be followed.
 */
export function matrixPaths(jobs: readonly Job[]): readonly string[] | undefined {
  const units = jobs.flatMap((job) => [job, ...job.steps]);
  const texts = units.flatMap(({ condition, softFail }) => [
    condition.parsed.text,
    softFail.kind === "expression" ? softFail.text : "",
  ]);
  const found = new Set<string>();
  for (const { tree } of texts.filter((text) => /matrix/iu.test(text)).flatMap(writtenIn)) {
    for (const [context, ...names] of readPaths(tree)) {
      if (context !== "matrix") continue;
      if (names.length === 0 || names.includes("*")) return undefined;
      found.add(names.join("."));
    }
  }
  return [...found].sort();
}

/** A scalar at a path; undefined for what is no scalar, or not known before a run. */
function termAt(combination: Combination, names: readonly string[]): Term | undefined {
  let at: unknown = combination;
  for (const name of names) {
    if (typeof at !== "object" || at === null) return null;
    const key = Object.keys(at).find((each) => each.toLowerCase() === name);
    at = key === undefined ? null : (at as Combination)[key];
  }
  if (at === null || at === undefined) return null;
  if (typeof at === "string") return at.includes("${{") ? undefined : at;
  return typeof at === "boolean" || typeof at === "number" ? at : undefined;
}

/** https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations */
function combinationsOf(job: Job): readonly Combination[] | undefined {
  const matrix = matrixData(job);
  if (!isRecord(matrix)) return undefined;
  const { include = [], exclude = [], ...axes } = matrix;
  if (!isList(include) || !isList(exclude)) return undefined;
  let product: readonly Combination[] = Object.keys(axes).length === 0 ? [] : [{}];
  for (const [axis, values] of Object.entries(axes)) {
    if (!Array.isArray(values) || product.length * values.length > MOST_COMBINATIONS) return undefined;
    product = product.flatMap((made) => values.map((value: unknown) => ({ ...made, [axis]: value })));
  }
  const kept = product.filter(
    (made) => !exclude.some((out) => Object.entries(out).every(([key, value]) => same(made[key], value))),
  );
  return withIncluded(kept, include, new Set(Object.keys(axes)));
}

/** Each included set extends every combination of which it changes no axis; where there is none it is one of its own. */
function withIncluded(
  combinations: readonly Combination[],
  include: readonly Combination[],
  axes: ReadonlySet<string>,
): readonly Combination[] {
  const extended = combinations.map((combination) => ({ own: combination, all: { ...combination } }));
  const further: Combination[] = [];
  for (const entry of include) {
    const fitting = extended.filter(({ own }) =>
      Object.entries(entry).every(([key, value]) => !axes.has(key) || same(own[key], value)),
    );
    if (fitting.length === 0) further.push(entry);
    for (const each of fitting) Object.assign(each.all, entry);
  }
  return [...extended.map(({ all }) => all), ...further];
}

const documents = new WeakMap<Workflow, unknown>();

/** A file's plain data, read once. */
export function dataOf(workflow: Workflow): unknown {
  if (!documents.has(workflow)) documents.set(workflow, workflow.file.yaml.toJS(0));
  return documents.get(workflow);
}

/** The plain data of a job. */
export function jobData(job: Job): Combination | undefined {
  const root = dataOf(job.workflow);
  const jobs = isRecord(root) ? root["jobs"] : undefined;
  const data = isRecord(jobs) ? jobs[job.id] : undefined;
  return isRecord(data) ? data : undefined;
}

function matrixData(job: Job): unknown {
  const strategy = jobData(job)?.["strategy"];
  return isRecord(strategy) ? strategy["matrix"] : undefined;
}

export function isRecord(value: unknown): value is Combination {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly Combination[] {
  return Array.isArray(value) && value.every(isRecord);
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
