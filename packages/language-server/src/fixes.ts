import type { LocatedFinding } from "@ci-fix/register";
import { planRisk, type RiskPlan, type Survey } from "@ci-fix/runner";
import type { TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** What the command line would do about these findings: the same plan, with the same checks and proofs. */
export function planFor(findings: readonly LocatedFinding[], found: Survey): RiskPlan {
  return planRisk({ risk: undefined, findings, held: [] }, found.policy, found);
}

/** The splices of a plan in one document, as edits of the protocol. */
export function textEditsOf(plan: RiskPlan, document: TextDocument, path: string): TextEdit[] {
  const bytes = Buffer.from(document.getText(), "utf8");
  const offsetOf = (byte: number): number => bytes.toString("utf8", 0, byte).length;
  return plan.changes
    .filter(({ file }) => file === path)
    .flatMap(({ splices }) =>
      splices.map(({ start, end, text }) => ({
        range: { start: document.positionAt(offsetOf(start)), end: document.positionAt(offsetOf(end)) },
        newText: text,
      })),
    );
}
