import type { Outcome } from "@ci-fix/codemod";
import type { Job } from "@ci-fix/workflow";

type Skip = Extract<Outcome, { kind: "skip" }>;

/** Why a gate is not touched, if it is not. */
export function leftAlone(gate: Job): Skip | undefined {
  const { workflow } = gate;
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  if (gate.condition.constant === false) return skip("no-effect", "the gate never runs");
  if (gate.softFail.kind !== "absent") return skip("no-effect", "the gate may fail: that is a risk of its own");
  const { scalar, entry } = gate.condition;
  return entry !== undefined && (scalar === undefined || scalar.anchor !== undefined)
    ? skip("not-representable", "other units share its condition by an anchor")
    : undefined;
}

function skip(reason: Skip["reason"], message: string): Skip {
  return { kind: "skip", reason, message };
}
