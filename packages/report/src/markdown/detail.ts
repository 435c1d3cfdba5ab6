import type { LocatedFinding } from "@ci-fix/register";
import { clip } from "../clip.ts";
import { renderExcerpt } from "../excerpt.ts";
import { notes, type Note } from "../finding.ts";
import { createStyle } from "../style.ts";
import { code, codeBlock, prose } from "./escape.ts";

const LONGEST_NOTE = 500;
const LONGEST_PATH = 200;
const MOST_NOTES = 12;
const PLAIN = createStyle({ color: false, width: 100 });

/** `file:line` as code. */
export function placeOf({ file, line }: LocatedFinding): string {
  return code(`${clip(file, LONGEST_PATH)}:${line}`);
}

/** A row of the table of findings. */
export function tableRow(located: LocatedFinding, id: string | undefined): string {
  const { finding } = located;
  const name = id === undefined ? "" : `${code(clip(id, LONGEST_PATH))} `;
  return `| ${finding.severity} | ${code(finding.class)} | ${placeOf(located)} | ${name}${prose(clip(finding.message, LONGEST_NOTE))} |`;
}

/** A finding to unfold: its lines, why it matters, what decided, what the fix does, what to type next. */
export function detail(located: LocatedFinding, id: string | undefined): string {
  const { finding } = located;
  return [
    "<details>",
    `<summary>${finding.severity}: ${prose(clip(finding.message, LONGEST_NOTE))} (${placeOf(located)})</summary>`,
    "",
    codeBlock(renderExcerpt(located, PLAIN)),
    "",
    ...notes(located, id)
      .filter(({ text }) => text !== "")
      .slice(0, MOST_NOTES)
      .map(noteItem),
    "",
    "</details>",
  ].join("\n");
}

function noteItem({ label, text, role }: Note): string {
  const cut = clip(text, LONGEST_NOTE);
  return `- **${label}:** ${role === "command" ? code(cut) : prose(cut)}`;
}
