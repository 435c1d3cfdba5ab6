import { renderProofText } from "@ci-fix/proof";
import { isExceptionFinding, type LocatedFinding } from "@ci-fix/register";
import { count, visible } from "@ci-fix/report/text";
import { MarkupKind, type Hover, type Position } from "vscode-languageserver";
import type { Analysis } from "./analysis.ts";
import { rangeOf } from "./diagnostics.ts";
import { planFor } from "./fixes.ts";

const WIDTH = 76;

/** Why what stands at a position matters, what decided, what the fix does and what is proved of it. */
export function hoverAt(analysis: Analysis, at: Position, markdown: boolean): Hover | undefined {
  const { document, open } = analysis;
  const offset = document.offsetAt(at);
  const here = open.filter(
    ({
      finding: {
        at: { span },
      },
    }) => span.start <= offset && offset <= span.end,
  );
  const [first] = here;
  if (first === undefined) return undefined;
  const parts = here.map((located) => (markdown ? markdownOf(located, analysis) : plainOf(located, analysis)));
  return {
    range: rangeOf(document, first),
    contents: markdown
      ? { kind: MarkupKind.Markdown, value: parts.join("\n\n---\n\n") }
      : { kind: MarkupKind.PlainText, value: parts.join("\n\n") },
  };
}

function markdownOf(located: LocatedFinding, analysis: Analysis): string {
  const { finding } = located;
  const proofs = proofsOf(located, analysis);
  const fence = "`".repeat(
    Math.max(3, ...proofs.flatMap((text) => (text.match(/`+/g) ?? []).map(({ length }) => length + 1))),
  );
  return [
    `**${finding.severity}** ${escaped(finding.class)}: ${escaped(finding.message)}`,
    escaped(finding.why),
    ...finding.evidence.map((fact) => `- ${escaped(fact)}`),
    ...whatToDo(located).map(([label, text]) => `**${label}:** ${escaped(text)}`),
    ...proofs.map((text) => `${fence}text\n${text.trimEnd()}\n${fence}`),
  ].join("\n\n");
}

function plainOf(located: LocatedFinding, analysis: Analysis): string {
  const { finding } = located;
  return [
    `${finding.severity} ${finding.class}: ${visible(finding.message)}`,
    visible(finding.why),
    ...finding.evidence.map((fact) => `- ${visible(fact)}`),
    ...whatToDo(located).map(([label, text]) => `${label}: ${visible(text)}`),
    ...proofsOf(located, analysis),
  ].join("\n");
}

function whatToDo(located: LocatedFinding): readonly (readonly [label: string, text: string])[] {
  const { outcome, change } = located.finding;
  if (outcome.kind === "skip") return [["kept", outcome.message]];
  const then = change === "" ? [] : ([["then", change]] as const);
  return [[outcome.kind === "fix" ? "fix" : "document", outcome.title], ...then];
}

function proofsOf(located: LocatedFinding, { found }: Analysis): readonly string[] {
  const { outcome } = located.finding;
  if (found === undefined || outcome.kind === "skip" || outcome.safety === "report" || isExceptionFinding(located))
    return [];
  const { proofs, refusals } = planFor([located], found);
  const [refusal] = refusals;
  if (refusal !== undefined) return [`${count(refusals.length, "refusal")}: ${visible(refusal.message)}\n`];
  return proofs.map((proof) => renderProofText(proof, { width: WIDTH }));
}

/** Text from a file as words of Markdown: every mark is taken as it is written, and no address becomes a link. */
function escaped(text: string): string {
  return visible(text).replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
