import { downstream, type Job, type Step } from "@ci-fix/workflow";

/**
 * The job in which a failure of this one comes to light, because it needs a file that is missing then: a job further on
 * that fetches, without a soft-fail of its own, an artifact which this job uploads under the same name.
 */
export function revealingJob(job: Job): Job | undefined {
  const names = new Set(job.steps.filter((step) => isTransfer(step, "upload")).map(artifactName));
  names.delete(undefined);
  if (names.size === 0) return undefined;
  return downstream(job).find(
    (next) => next.softFail.kind === "absent" && next.steps.some((step) => fetches(step, names)),
  );
}

function fetches(step: Step, names: ReadonlySet<string | undefined>): boolean {
  return isTransfer(step, "download") && step.softFail.kind === "absent" && names.has(artifactName(step));
}

function isTransfer({ action }: Step, direction: "upload" | "download"): boolean {
  return action?.name.toLowerCase() === `actions/${direction}-artifact`;
}

function artifactName({ inputs }: Step): string | undefined {
  return inputs.get("name")?.replace(/\s+/gu, "");
}
