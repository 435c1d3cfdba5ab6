import { settleFindings, type Finding } from "@ci-fix/codemod";
import type { Workflow } from "@ci-fix/workflow";
import { isGate } from "./gate.ts";
import { incomplete } from "./incomplete.ts";
import { skipping } from "./skipping.ts";

/** Gates that let a failure through: because they are skipped, or look away, or do not gather all. */
export function findOpenGates(workflow: Workflow): Iterable<Finding> {
  if (workflow.kind !== "workflow") return [];
  const gates = workflow.jobs.filter(isGate);
  return settleFindings(
    workflow.file.yaml,
    gates.flatMap((gate) => [skipping(gate), incomplete(gate)].filter((found) => found !== undefined)),
  );
}
