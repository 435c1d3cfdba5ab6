import type { Job } from "@ci-fix/workflow";
import type { Term } from "../engine/diagram.ts";
import { readPaths } from "../variables/tree.ts";
import { decisionsOf } from "../variables/vocabulary.ts";
import { isMapping, jobData, mapping, type Mapping } from "./data.ts";

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

/**
 * The legs of a matrix, those that no condition tells apart taken as one. Legs of one kind end in the same ways, so that
 * what holds of one of them holds of all.
 */
export function legsOf(job: Job, paths: readonly string[] | undefined): readonly Leg[] {
  if (paths === undefined || paths.length === 0) return ALIKE;
  const combinations = combinationsOf(job);
  if (combinations === undefined) return ALIKE;
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
  const found = new Set<string>();
  for (const { tree } of jobs.flatMap((job) => [job, ...job.steps]).flatMap(decisionsOf)) {
    for (const [context, ...names] of readPaths(tree)) {
      if (context !== "matrix") continue;
      if (names.length === 0 || names.includes("*")) return undefined;
      found.add(names.join("."));
    }
  }
  return [...found].sort();
}

/** A scalar at a path; undefined for what is no scalar, or not known before a run. */
function termAt(combination: Mapping, names: readonly string[]): Term | undefined {
  let at: unknown = combination;
  for (const name of names) {
    if (typeof at !== "object" || at === null) return null;
    at = Object.entries(at).find(([key]) => key.toLowerCase() === name)?.[1];
  }
  if (at === null || at === undefined) return null;
  if (typeof at === "string") return at.includes("${{") ? undefined : at;
  return typeof at === "boolean" || typeof at === "number" ? at : undefined;
}

/** https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations */
function combinationsOf(job: Job): readonly Mapping[] | undefined {
  const { include = [], exclude = [], ...axes } = mapping(mapping(jobData(job)["strategy"])["matrix"]);
  if (!isList(include) || !isList(exclude)) return undefined;
  let product: readonly Mapping[] = Object.keys(axes).length === 0 ? [] : [{}];
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
  combinations: readonly Mapping[],
  include: readonly Mapping[],
  axes: ReadonlySet<string>,
): readonly Mapping[] {
  const extended = combinations.map((combination) => ({ own: combination, all: { ...combination } }));
  const further: Mapping[] = [];
  for (const entry of include) {
    const fitting = extended.filter(({ own }) =>
      Object.entries(entry).every(([key, value]) => !axes.has(key) || same(own[key], value)),
    );
    if (fitting.length === 0) further.push(entry);
    for (const each of fitting) Object.assign(each.all, entry);
  }
  return [...extended.map(({ all }) => all), ...further];
}

function isList(value: unknown): value is readonly Mapping[] {
  return Array.isArray(value) && value.every(isMapping);
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
