import type { Severity } from "@ci-fix/codemod";
import type { LocatedFinding } from "@ci-fix/register";
import { visible } from "@ci-fix/report/text";
import { DiagnosticSeverity, type Diagnostic, type Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "./analysis.ts";

/** As in SARIF: what is critical or high is an error there too. */
const LEVELS: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/** What an editor marks in a document. */
export function diagnosticsOf({ document, open, problems, found }: Analysis): Diagnostic[] {
  const told = open.map((located): Diagnostic => {
    const id = found?.match.ids.get(located);
    return {
      range: rangeOf(document, located),
      severity: LEVELS[located.finding.severity],
      source: "ci-fix",
      code: located.finding.class,
      message: visible(`${id === undefined ? "" : `${id}: `}${located.finding.message}`),
    };
  });
  const unreadable = problems.map(({ code, message, line }): Diagnostic => ({
    range: lineRange(document, (line ?? 1) - 1),
    severity: DiagnosticSeverity.Error,
    source: "ci-fix",
    code,
    message: message.split("\n").map(visible).join("\n"),
  }));
  return [...unreadable, ...told];
}

/** The place of a finding; spans are UTF-16 offsets, as those of the protocol are. */
export function rangeOf(document: TextDocument, { finding }: Pick<LocatedFinding, "finding">): Range {
  const { start, end } = finding.at.span;
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** A line without what is blank around it. */
function lineRange(document: TextDocument, line: number): Range {
  const shown = Math.min(Math.max(line, 0), document.lineCount - 1);
  const text = document.getText({ start: { line: shown, character: 0 }, end: { line: shown + 1, character: 0 } });
  const start = text.length - text.trimStart().length;
  return {
    start: { line: shown, character: text.trim() === "" ? 0 : start },
    end: { line: shown, character: text.trimEnd().length },
  };
}
