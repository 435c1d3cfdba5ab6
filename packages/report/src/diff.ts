import type { FileChange } from "@ci-fix/runner";
import { pairLines, type WordPart } from "./changed-words.ts";
import { findHunks, hunkHeader, type Hunk } from "./hunks.ts";
import type { Style } from "./style.ts";
import { visible } from "./visible.ts";

/** A change for the eyes: a unified diff with colours and marked words, safe to show. Not for `git apply`: see `renderPatch`. */
export function renderDiff(change: Pick<FileChange, "file" | "before" | "after">, style: Style): string {
  const before = decode(change.before);
  const after = decode(change.after);
  if (before === after) return "";
  const windows = isCrlf(before) && isCrlf(after);
  const lines = [
    style.paint("strong", `--- a/${visible(change.file)}`),
    style.paint("strong", `+++ b/${visible(change.file)}`),
  ];
  for (const hunk of findHunks(before, after)) {
    lines.push(style.paint("hunk", hunkHeader(hunk)), ...renderHunk(windows ? withoutReturns(hunk) : hunk, style));
  }
  return `${lines.join("\n")}\n`;
}

/** A byte order mark stays in the text, so that a patch has it. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function isCrlf(text: string): boolean {
  return text.includes("\r\n") && !/[^\r]\n|^\n|\r(?!\n)/.test(text);
}

function withoutReturns(hunk: Hunk): Hunk {
  return { ...hunk, lines: hunk.lines.map((line) => line.replace(/\r$/, "")) };
}

function renderHunk(hunk: Hunk, style: Style): string[] {
  const lines: string[] = [];
  for (let index = 0; index < hunk.lines.length;) {
    const removed = run(hunk.lines, index, "-");
    const added = run(hunk.lines, index + removed.length, "+");
    if (removed.length + added.length === 0) {
      const line = hunk.lines[index] ?? "";
      lines.push(line.startsWith("\\") ? style.paint("muted", line) : shown(line));
      index += 1;
    } else {
      lines.push(...renderRuns(removed, added, style));
      index += removed.length + added.length;
    }
  }
  return lines;
}

/** The lines from `start` that carry a sign, with the remarks about a missing final newline between them. */
function run(lines: readonly string[], start: number, sign: string): string[] {
  const rest = lines.slice(start);
  const end = rest.findIndex((line, index) => !line.startsWith(sign) && !(index > 0 && line.startsWith("\\")));
  return end === -1 ? rest : rest.slice(0, end);
}

function renderRuns(removed: readonly string[], added: readonly string[], style: Style): string[] {
  const content = (lines: readonly string[]): string[] =>
    lines.filter((line) => !line.startsWith("\\")).map((line) => line.slice(1));
  const pairs = style.color ? pairLines(content(removed), content(added)) : undefined;
  const side = (lines: readonly string[], role: "added" | "removed"): string[] =>
    lines.map((line, index) => {
      if (line.startsWith("\\")) return style.paint("muted", line);
      const sign = line.charAt(0);
      const pair = pairs?.get(`${sign}${index}`);
      return pair === undefined ? style.paint(role, shown(line)) : renderWords(sign, pair[role], role, style);
    });
  return [...side(removed, "removed"), ...side(added, "added")];
}

function renderWords(sign: string, parts: readonly WordPart[], role: "added" | "removed", style: Style): string {
  return (
    style.paint(role, sign) +
    parts.map((part) => style.paint(part.changed ? `${role}-word` : role, shown(part.text))).join("")
  );
}

/** Tabs stay: they are the file's own layout and harmless. */
function shown(line: string): string {
  return line.split("\t").map(visible).join("\t");
}
