import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { canFail } from "../variables/tree.ts";
import { askedBy, fallibleIn } from "../variables/vocabulary.ts";
import { reachable, type Files } from "./files.ts";
import { withNeeds } from "./slice.ts";

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
  const canFault = (job: Job): boolean => isFallible(job) || stepsCanFault(job, files);
  const jobs = [...before.jobs, ...after.jobs];
  // What only other jobs call is not opened without need.
  if (!jobs.some((job) => slice.has(job.id.toLowerCase()) && canFault(job))) return slice;
  const faulting = jobs.filter(canFault).map(({ id }) => id.toLowerCase());
  return withNeeds(before, after, new Set([...slice, ...faulting]));
}

/** True where what a job does can come upon a condition that fails to evaluate, also in a file that it calls. */
export function stepsCanFault(job: Job, files: Files): boolean {
  return [...reachable(files, [job])].some(
    (each) => each.steps.some(isFallibleStep) || (each !== job && isFallible(each)),
  );
}

function isFallible({ condition }: Job | Step): boolean {
  return askedBy(condition).some(({ tree }) => canFail(tree));
}

function isFallibleStep(step: Step): boolean {
  return isFallible(step) || [...step.env.values()].some((text) => fallibleIn(text).length > 0);
}
