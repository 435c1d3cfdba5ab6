import type { Unit } from "@ci-fix/workflow";

/** Columns of a comment's text, without its indentation and `# `. */
const width = 96;

/** The comment that says what a soft-fail is for: its reason, then what that means for the run. */
export function remarkLines({ kind }: Unit, reason: string): readonly string[] {
  return [
    ...wrapped(`Best-effort ${kind}: ${asSentence(reason)}`),
    `This ${kind} is informational and does not gate correctness; failure should not block CI.`,
  ];
}

function asSentence(reason: string): string {
  const text = reason.replace(/^\s*note\s*[:-]\s*/iu, "").trim();
  return /[.!?…]$|https?:\/\/\S+$/u.test(text) ? text : `${text}.`;
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
