import type { Job, Step, Unit, Workflow } from "./types.ts";

const ciFile = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/u;

/** True for paths (relative, with `/`) that can hold a workflow or a composite action. */
export function isCiFile(path: string): boolean {
  return ciFile.test(path);
}

/** Every step of every job, in file order. */
export function* eachStep(workflow: Workflow): IterableIterator<Step> {
  for (const job of workflow.jobs) yield* job.steps;
}

/** Every job that waits for this one, directly or through others, each once; the nearest first. */
export function downstream(job: Job): readonly Job[] {
  const found = new Set(job.dependents);
  for (const near of found) for (const next of near.dependents) found.add(next);
  return [...found];
}

/** What to call a unit in a sentence: `job lint`, `step "Run tests" of job unit`. */
export function unitName(unit: Unit): string {
  if (unit.kind === "job") return unit.id === "" ? "the composite action" : `job ${unit.id}`;
  return unit.job.id === "" ? `step "${unit.label}"` : `step "${unit.label}" of job ${unit.job.id}`;
}
