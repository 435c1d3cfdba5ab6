import { lineOf, type LocatedFinding } from "@ci-fix/register";
import { scanBytes } from "@ci-fix/runner";
import type { SnippetTextEdit, TextEdit } from "vscode-languageserver";
import type { Analysis } from "./analysis.ts";

/**
 * The exception for a finding as a comment above it, its reason still to be written: as a snippet where the editor knows them, else
 * empty, and then it does not count. Undefined where no comment can stand that the finding would be kept by.
 */
export function acceptEdit(
  { document, place, found }: Analysis,
  located: LocatedFinding,
  snippets: boolean,
): TextEdit | SnippetTextEdit | undefined {
  if (found === undefined) return undefined;
  const text = document.getText();
  const lines = text.split("\n");
  for (const line of new Set([located.line, lineOf(located.finding.unit) ?? located.line])) {
    const above = lines[line - 1] ?? "";
    const indent = /^[ \t\uFEFF]*/u.exec(above)?.[0] ?? "";
    const end = above.endsWith("\r") ? "\r\n" : "\n";
    const comment = (reason: string): string =>
      `${indent}# ci-fix: allow ${located.finding.class} reason="${reason}"${end}`;
    const offset = document.offsetAt({ line: line - 1, character: 0 });
    const tried = `${text.slice(0, offset)}${comment("because")}${text.slice(offset)}`;
    if (!isKept(place.path, tried, located, found.policy)) continue;
    const at = { line: line - 1, character: 0 };
    const range = { start: at, end: at };
    if (!snippets) return { range, newText: comment("") };
    const snippet = comment("\u0000")
      .replaceAll(/[\\$}]/g, String.raw`\$&`)
      .replace("\u0000", "${1:why it is all right}");
    return { range, snippet: { kind: "snippet", value: snippet } };
  }
  return undefined;
}

/** Whether the text reads as before, but for the finding, which is excepted now. */
function isKept(
  path: string,
  text: string,
  { finding, fingerprint }: LocatedFinding,
  policy: Parameters<typeof scanBytes>[2]["policy"],
): boolean {
  const again = scanBytes(path, new TextEncoder().encode(text), { policy });
  if (again.errors.length > 0) return false;
  const same = again.findings.filter(
    (each) => each.fingerprint === fingerprint && each.finding.class === finding.class,
  );
  return (
    same.length > 0 &&
    same.every(({ finding: { outcome } }) => outcome.kind === "skip" && outcome.reason === "excepted")
  );
}
