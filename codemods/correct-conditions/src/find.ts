import { settleFindings, type Finding, type Policy } from "@ci-fix/codemod";
import type { Workflow } from "@ci-fix/workflow";
import { alwaysTrue } from "./always-true.ts";
import { impossible } from "./impossible.ts";

/** Conditions that always hold, and conditions that hold never or in part never. */
export function findWrongConditions(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): Iterable<Finding> {
  for (const job of workflow.jobs) {
    for (const unit of [job, ...job.steps]) {
      const found = alwaysTrue(unit) ?? impossible(unit, policy);
      if (found !== undefined) yield found;
    }
  }
}
