import type { Outcome } from "@ci-fix/codemod";
import type { Unit } from "@ci-fix/workflow";

type Skip = Extract<Outcome, { kind: "skip" }>;

/** Why the condition of a unit is not touched, if it is not. */
export function leftAlone(unit: Unit): Skip | undefined {
  const { workflow } = unit.kind === "job" ? unit : unit.job;
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  const { scalar } = unit.condition;
  if (scalar === undefined || scalar.anchor !== undefined || unit.aliased) {
    return skip(
      "not-representable",
      "other units share the condition by an anchor, and a change would reach them as well",
    );
  }
  const offJob = unit.kind === "step" && unit.job.condition.constant === false;
  return offJob ? skip("no-effect", "its job never runs") : undefined;
}

export function skip(reason: Skip["reason"], message: string): Skip {
  return { kind: "skip", reason, message };
}
