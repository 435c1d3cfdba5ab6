import type { Outcome } from "@ci-fix/codemod";
import { clipped, reportOf, speaksOfFailure, type Verdict } from "@ci-fix/judgement";
import { workflowEdits, type Edit, type Unit } from "@ci-fix/workflow";
import { remarkLines } from "./remark-lines.ts";
import { nameOf } from "./wording.ts";

/** The edits that carry a verdict out. */
export function outcomeOf(unit: Unit, verdict: Verdict): Outcome {
  switch (verdict.kind) {
    case "skip":
      return { kind: "skip", reason: verdict.reason, message: verdict.message };
    case "fix":
      return {
        kind: "fix",
        title: `remove the soft-fail of ${nameOf(unit)}`,
        safety: verdict.safety,
        effect: "reveals-failure",
        edits: removal(unit),
      };
    case "document":
      return {
        kind: "document",
        title: `write the reason for the soft-fail of ${nameOf(unit)} above it: ${clipped(verdict.reason.text, 60)}`,
        safety: "safe",
        effect: "documents",
        edits: lifting(unit, remarkLines(unit, verdict.reason.text)),
      };
  }
}

function removal(unit: Unit): readonly Edit[] {
  const kept = keptComment(unit);
  const removed = workflowEdits
    .removeSoftFail(unit)
    .map((edit): Edit => (edit.kind === "delete" && kept.length > 0 ? { ...edit, note: kept } : edit));
  if (unit.kind === "job") return [...removed, ...workflowEdits.runAllLegs(unit)];
  const report = reportOf(unit);
  return report === undefined ? removed : [...removed, ...workflowEdits.runDespiteFailure(report)];
}

/** A comment above the soft-fail that speaks of the unit as a whole stays where it is. */
function keptComment({ softFail }: Unit): readonly string[] {
  if (softFail.kind === "absent") return [];
  const lines = softFail.entry.comments.leading.map(({ text }) => text.replace(/^ /u, ""));
  return speaksOfFailure(lines.join(" ")) ? [] : lines;
}

function lifting({ softFail }: Unit, lines: readonly string[]): readonly Edit[] {
  if (softFail.kind === "absent") return [];
  const { path } = softFail.entry;
  return [
    { kind: "comment-at", path, text: null },
    { kind: "comment-above", path, lines },
  ];
}
