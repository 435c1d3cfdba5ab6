import { isExceptionFinding, type LocatedFinding } from "@ci-fix/register";
import { visible } from "@ci-fix/report/text";
import type { RiskPlan } from "@ci-fix/runner";
import {
  CodeActionKind,
  type CodeAction,
  type Range,
  type SnippetTextEdit,
  type TextEdit,
} from "vscode-languageserver";
import { acceptEdit } from "./accept.ts";
import type { Analysis } from "./analysis.ts";
import { diagnosticsOf, rangeOf } from "./diagnostics.ts";
import { planFor, textEditsOf } from "./fixes.ts";

/** What an editor can do with the actions it is given. */
export interface Abilities {
  readonly snippets: boolean;
  /** Shows actions that cannot be done, with the reason. */
  readonly disabled: boolean;
}

/** What can be done about the findings in a range: fix or document them, or accept them with a reason. */
export function actionsAt(analysis: Analysis, range: Range, abilities: Abilities): CodeAction[] {
  const here = analysis.open.filter((located) => overlaps(rangeOf(analysis.document, located), range));
  return here.flatMap((located) => [
    ...fixActions(analysis, located, abilities),
    ...acceptActions(analysis, located, abilities),
  ]);
}

function fixActions(analysis: Analysis, located: LocatedFinding, abilities: Abilities): CodeAction[] {
  const { found, place } = analysis;
  const { outcome } = located.finding;
  if (found === undefined || outcome.kind === "skip" || outcome.safety === "report") return [];
  const review = outcome.safety === "review" ? " (review it first)" : "";
  const one = asAction(analysis, located, planFor([located], found), `${capital(outcome.title)}${review}`, abilities);
  const id = found.match.ids.get(located);
  const risk = found.match.risks.find((matched) => matched.risk.id === id);
  const together = (risk?.findings ?? []).filter(
    (each) =>
      each.file === place.path && each.finding.outcome.kind !== "skip" && each.finding.outcome.safety !== "report",
  );
  if (id === undefined || together.length < 2) return one;
  const title = `Fix ${id} in this file (${together.length} places)`;
  return [...one, ...asAction(analysis, located, planFor(together, found), title, abilities)];
}

function asAction(
  analysis: Analysis,
  located: LocatedFinding,
  plan: RiskPlan,
  title: string,
  { disabled }: Abilities,
): CodeAction[] {
  const action = { title: visible(title), kind: CodeActionKind.QuickFix, diagnostics: marksOf(analysis, located) };
  const [refusal] = plan.refusals;
  if (refusal !== undefined) return disabled ? [{ ...action, disabled: { reason: visible(refusal.message) } }] : [];
  const edits = textEditsOf(plan, analysis.document, analysis.place.path);
  if (edits.length === 0) return [];
  const isPreferred = located.finding.outcome.kind === "fix" && located.finding.outcome.safety === "safe";
  return [{ ...action, isPreferred, edit: editOf(analysis, edits) }];
}

function acceptActions(analysis: Analysis, located: LocatedFinding, { snippets }: Abilities): CodeAction[] {
  if (isExceptionFinding(located)) return [];
  const edit = acceptEdit(analysis, located, snippets);
  if (edit === undefined) return [];
  return [
    {
      title: `Accept ${located.finding.class} here, with a reason in a comment`,
      kind: CodeActionKind.QuickFix,
      diagnostics: marksOf(analysis, located),
      edit: editOf(analysis, [edit]),
    },
  ];
}

/** Only for the version that was looked at: an editor refuses it for a later one. */
function editOf(
  { document }: Analysis,
  edits: readonly (TextEdit | SnippetTextEdit)[],
): NonNullable<CodeAction["edit"]> {
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }] };
}

function marksOf(analysis: Analysis, located: LocatedFinding): NonNullable<CodeAction["diagnostics"]> {
  return diagnosticsOf({ ...analysis, open: [located], problems: [] });
}

function overlaps(one: Range, other: Range): boolean {
  const isBefore = (left: Range, right: Range): boolean =>
    left.end.line < right.start.line ||
    (left.end.line === right.start.line && left.end.character < right.start.character);
  return !isBefore(one, other) && !isBefore(other, one);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
