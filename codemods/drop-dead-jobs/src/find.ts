import { settleFindings, type Finding, type Policy } from "@ci-fix/codemod";
import { eachStep, type Workflow } from "@ci-fix/workflow";
import { deadJobs } from "./fate.ts";
import { findDeadJobs, findWholeFile } from "./jobs.ts";
import { findDeadStep } from "./steps.ts";

/** Jobs and steps that can never run, and the jobs that die with them. */
export function findDead(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): IterableIterator<Finding> {
  const fates = deadJobs(workflow);
  const isWholeFile = fates.size > 0 && fates.size === workflow.jobs.length && workflow.generated === undefined;
  if (isWholeFile) yield* findWholeFile(workflow, fates);
  else yield* findDeadJobs(workflow, fates, policy);
  for (const step of eachStep(workflow)) if (!fates.has(step.job)) yield* findDeadStep(step, policy);
}
