import type { Job, Workflow } from "@ci-fix/workflow";
import { canFail } from "../variables/tree.ts";
import { fallibleIn, writtenIn } from "../variables/vocabulary.ts";
import type { Files } from "./files.ts";
import { withNeeds } from "./slice.ts";

const DEEPEST = 10;

/**
 * A slice, with the jobs outside of it that can fail for the same reason as one inside: a condition that cannot be
 * evaluated. Such a job is red whenever the value that it reads is bad, so that the run is. Any other job can succeed
 * whatever contexts say, as its steps can.
 */
export function withFaulting(
  before: Workflow,
  after: Workflow,
  slice: ReadonlySet<string>,
  files: Files,
): ReadonlySet<string> {
  const jobs = [...before.jobs, ...after.jobs];
  const isInside = ({ id }: Job): boolean => slice.has(id.toLowerCase());
  if (!jobs.some((job) => isInside(job) && canFault(job, files, 0))) return slice;
  const alike = jobs.filter((job) => !isInside(job) && canFault(job, files, 0)).map(({ id }) => id.toLowerCase());
  return alike.length === 0 ? slice : withNeeds(before, after, new Set([...slice, ...alike]));
}

function canFault(job: Job, files: Files, depth: number): boolean {
  if (depth > DEEPEST) return false;
  const conditions = [job, ...job.steps].map(({ condition }) => condition.parsed.text);
  if (conditions.some((text) => writtenIn(text).some(({ tree }) => canFail(tree)))) return true;
  if (job.steps.some(({ env }) => [...env.values()].some((text) => fallibleIn(text).length > 0))) return true;
  return (
    files.called(job.calls ?? "")?.jobs.some((inner) => canFault(inner, files, depth + 1)) === true ||
    usesFaulting(job, files, depth)
  );
}

/** True where a condition of a composite action that a job uses can fail to evaluate. */
export function usesFaulting({ steps }: Job, files: Files, depth = 0): boolean {
  return steps.some(({ action }) =>
    files.composite(action?.name ?? "")?.jobs.some((inner) => canFault(inner, files, depth + 1)),
  );
}
