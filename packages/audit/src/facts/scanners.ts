import { eachStep, trustOf, type Workflow } from "@ci-fix/workflow";
import { isSecurityScan, workOfStep } from "../inventory/purpose.ts";
import { deadJobs } from "../tree.ts";

/** True where the token of every job is limited by what the file says. */
export function declaresPermissions(workflow: Workflow): boolean {
  const { grants } = trustOf(workflow);
  return (
    grants.some(({ job }) => job === undefined) || workflow.jobs.every(({ id }) => grants.some(({ job }) => job === id))
  );
}

/** Steps that look for weaknesses, and whether they can run. */
export function scannersIn(
  workflows: readonly Workflow[],
): readonly { readonly file: string; readonly label: string; readonly what: string; readonly runs: boolean }[] {
  return workflows.flatMap((workflow) => {
    const dead = deadJobs(workflow);
    return [...eachStep(workflow)].filter(isSecurityScan).map((step) => ({
      file: workflow.file.path,
      label: step.label,
      what: step.action?.name ?? workOfStep(step).seen,
      runs: !dead.has(step.job) && step.condition.constant !== false,
    }));
  });
}
