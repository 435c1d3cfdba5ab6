import type { Finding, Outcome } from "@ci-fix/codemod";
import { parseCondition } from "@ci-fix/expression";
import { clipped } from "@ci-fix/judgement";
import { proveFix } from "@ci-fix/proof";
import { unitName, workflowEdits, type Edit, type Unit } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { asOneExpression } from "./one-expression.ts";
import { leftAlone } from "./outcome.ts";

/** A condition that is a string because text stands around its braces: it holds whatever it says. */
export function alwaysTrue(unit: Unit): Finding | undefined {
  const { parsed, entry } = unit.condition;
  if (parsed.form !== "text" || parsed.constant !== true || entry === undefined) return undefined;
  const meant = asOneExpression(parsed);
  // `always()` and a line break hold as they were meant to.
  if (meant !== undefined && parseCondition(meant).constant === true) return undefined;
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
  const name = unitName(unit);
  if (meant === undefined) return left(`write the condition of ${name} as one expression`);
  const title = `write the condition of ${name} as \`${oneLine(meant)}\``;
  const edits = workflowEdits.setCondition(unit, `\${{ ${meant} }}`);
  return isNeverWeaker(unit, edits)
    ? { kind: "fix", title, safety: "review", effect: "restores-check", edits }
    : left(title);
}

/** What runs less often than today cannot fail then: whether that is right is for a person to say. */
function left(title: string): Outcome {
  return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
}

/** True where every run that is red today is red with the condition as one expression, too. */
function isNeverWeaker(unit: Unit, edits: readonly Edit[]): boolean {
  const { file } = (unit.kind === "job" ? unit : unit.job).workflow;
  const applied = applyEdits(file.yaml, edits);
  if (!applied.ok) return false;
  const { certificate } = proveFix({ file: file.path, before: file.yaml.bytes, after: applied.bytes });
  return certificate.claims.find(({ name }) => name === "never-weaker")?.verdict === "proved";
}

/** Text of a file on one line, cut where it is long. */
export function oneLine(text: string): string {
  return clipped(text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(), 160);
}
