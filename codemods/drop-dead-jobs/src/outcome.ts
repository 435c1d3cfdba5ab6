import type { Finding, Outcome } from "@ci-fix/codemod";
import type { Edit, Unit, Workflow } from "@ci-fix/workflow";
import type { Refusal } from "./live.ts";

/** What keeps any unit of a file from being changed. */
export function generatedRefusal(workflow: Workflow): Refusal | undefined {
  if (workflow.generated === undefined) return undefined;
  return { reason: "generated", message: `the file is generated (${workflow.generated}): change it there` };
}

/** What the edits do, for a person to look at. */
export function deletion(title: string, edits: readonly Edit[]): Outcome {
  return { kind: "fix", title, safety: "review", effect: "deletes-dead-code", edits };
}

/** The sentence about what changes, which a skip does not have. */
export function changeOf(outcome: Outcome, change: string): string {
  return outcome.kind === "skip" ? "" : change;
}

/** Where a person looks first: the condition, else the unit. */
export function placeOf(unit: Unit): Finding["at"] {
  const { entry } = unit.condition;
  if (entry !== undefined) return { path: entry.path, span: entry.span };
  return { path: unit.path, span: (unit.kind === "job" ? unit.entry?.span : unit.item.span) ?? { start: 0, end: 1 } };
}
