import { structuredPatch } from "diff";

/** A hunk of a unified diff. Lines carry their sign (or `\` for a missing final newline) and no line break, but a `\r` where there is one. */
export interface Hunk {
  /** 1-based, also for an empty range; the header then names the line before it. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

const CONTEXT = 3;
const NO_NEWLINE = "\\ No newline at end of file";

/** The difference of two texts in hunks of three lines of context. Past `timeout` milliseconds it is one hunk around all that differs. */
export function findHunks(before: string, after: string, timeout = 1000): Hunk[] {
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context: CONTEXT, timeout });
  return patch === undefined ? [singleHunk(before, after)] : patch.hunks;
}

/** `@@ -36,7 +36,6 @@` */
export function hunkHeader({ oldStart, oldLines, newStart, newLines }: Hunk): string {
  const range = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
}

function singleHunk(before: string, after: string): Hunk {
  const old = splitLines(before);
  const fresh = splitLines(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail += 1;
  const lead = Math.min(head, CONTEXT);
  const trail = Math.min(tail, CONTEXT);
  const from = head - lead;
  const signed = (sign: string, lines: readonly string[]): string[] =>
    lines.flatMap((line) => (line.endsWith("\n") ? [sign + line.slice(0, -1)] : [sign + line, NO_NEWLINE]));
  return {
    oldStart: from + 1,
    oldLines: old.length - tail + trail - from,
    newStart: from + 1,
    newLines: fresh.length - tail + trail - from,
    lines: [
      ...signed(" ", old.slice(from, head)),
      ...signed("-", old.slice(head, old.length - tail)),
      ...signed("+", fresh.slice(head, fresh.length - tail)),
      ...signed(" ", old.slice(old.length - tail, old.length - tail + trail)),
    ],
  };
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
