import type { Finding, Outcome } from "@ci-fix/codemod";
import { clipped } from "@ci-fix/judgement";
import { unitName, type Unit } from "@ci-fix/workflow";
import { asOneExpression } from "./one-expression.ts";
import { leftAlone } from "./outcome.ts";

/** A condition that is a string because text stands around its braces: it holds whatever it says. */
export function alwaysTrue(unit: Unit): Finding | undefined {
  const { parsed, entry } = unit.condition;
  if (parsed.form !== "text" || parsed.constant !== true || entry === undefined) return undefined;
  const meant = asOneExpression(parsed);
  const name = unitName(unit);
  const outcome = outcomeFor(unit, meant);
  return {
    class: "always-true-if",
    severity: "high",
    message: `the condition of ${name} always holds: text stands around its braces`,
    why: "The runner fills the braces in and gets a text, and a text that is not empty counts as true, whatever it says.",
    change: outcome.kind === "skip" ? "" : `As one expression the condition lets ${name} run only when it holds.`,
    at: { path: entry.path, span: entry.span },
    unit,
    evidence: [
      `the condition says \`${oneLine(parsed.text)}\``,
      ...(/\n/u.test(parsed.text.trimStart()) &&
      parsed.text.trim().startsWith("${{") &&
      parsed.text.trim().endsWith("}}")
        ? ["the line break at the end of the block is the text"]
        : []),
      ...(meant === undefined ? [] : [`as one expression it would be \`${oneLine(meant)}\``]),
    ],
    outcome,
  };
}

function outcomeFor(unit: Unit, meant: string | undefined): Outcome {
  const kept = leftAlone(unit);
  if (kept !== undefined) return kept;
  return {
    kind: "fix",
    title:
      meant === undefined
        ? `write the condition of ${unitName(unit)} as one expression`
        : `write the condition of ${unitName(unit)} as \`${oneLine(meant)}\``,
    safety: "report",
    effect: "needs-decision",
    edits: [],
  };
}

/** Text of a file on one line, cut where it is long. */
export function oneLine(text: string): string {
  return clipped(text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(), 160);
}
