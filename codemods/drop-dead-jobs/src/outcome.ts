import type { Finding, Outcome } from "@ci-fix/codemod";
import type { Edit, Unit, Workflow } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import type { Refusal } from "./live.ts";

/** What keeps any unit of a file from being changed. */
export function generatedRefusal(workflow: Workflow): Refusal | undefined {
  if (workflow.generated === undefined) return undefined;
  return { reason: "generated", message: `the file is generated (${workflow.generated}): change it there` };
}

/** A fix whose edits the editor can make; else a skip that says why it cannot. */
export function fixed(workflow: Workflow, title: string, edits: readonly Edit[]): Outcome {
  const tried = applyEdits(workflow.file.yaml, edits);
  if (tried.ok) return { kind: "fix", title, safety: "review", effect: "deletes-dead-code", edits };
  const [refusal] = tried.refusals;
  if (refusal?.code === "last-entry")
    return { kind: "skip", reason: "last-unit", message: "nothing would be left beside it" };
  return {
    kind: "skip",
    reason: "not-representable",
    message: refusal?.message ?? "the editor cannot make the change",
  };
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
