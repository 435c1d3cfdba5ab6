import type { Finding, Outcome } from "@ci-fix/codemod";
import type { ScriptEdit, Span } from "@ci-fix/shell-script";
import type { Edit, Step } from "@ci-fix/workflow";
import type { Standing } from "./standing.ts";

/** A risk in the script of a step. `at` is a range of the script's text. */
export interface ScriptRisk extends Omit<Finding, "at" | "unit" | "outcome" | "change"> {
  readonly at: Span;
  /** What a run does differently once it is fixed. */
  readonly change: string;
  readonly outcome: Outcome;
}

/** The finding for a risk in a script; where the step has a standing of its own, that decides over a fix. */
export function scriptFinding(step: Step, risk: ScriptRisk, standing: Exclude<Standing, { kind: "out" }>): Finding {
  const outcome: Outcome =
    standing.kind === "skip" && risk.outcome.kind !== "skip"
      ? { kind: "skip", reason: standing.reason, message: standing.message }
      : risk.outcome;
  return {
    ...risk,
    unit: step,
    outcome,
    change: outcome.kind === "skip" ? "" : risk.change,
    evidence:
      standing.kind === "open" ? [...risk.evidence, ...standing.evidence] : [standing.message, ...risk.evidence],
    at: placeInFile(step, risk.at),
  };
}

/** Edits of the file that make these changes in the script of a step. */
export function fileEdits(step: Step, edits: readonly ScriptEdit[]): readonly Edit[] {
  const path = step.script?.path;
  return path === undefined ? [] : edits.map((edit): Edit => ({ kind: "replace-in-scalar", path, ...edit }));
}

function placeInFile({ script, path, item }: Step, { start, end }: Span): Finding["at"] {
  if (script === undefined) return { path, span: item.span };
  const from = script.scalar.sourceOffset(start);
  const to = script.scalar.sourceOffset(end);
  return { path: script.path, span: { start: from, end: Math.max(to, from + 1) } };
}

/** A command as it reads in a sentence: one line, shortened. */
export function quoted(words: readonly string[]): string {
  const text = words.join(" ").replace(/\s+/gu, " ");
  return `\`${text.length <= 60 ? text : `${text.slice(0, 59).trimEnd()}…`}\``;
}
