import type { ByteSplice } from "@ci-fix/yaml-editor";
import { commonPrefix, commonSuffix, splitLines } from "./lines.ts";

/** Lines `[bStart, bEnd)` of a text became lines `[fStart, fEnd)` of another. Either side may be empty, never both. */
export interface Hunk {
  readonly bStart: number;
  readonly bEnd: number;
  readonly fStart: number;
  readonly fEnd: number;
}

/** A change, line by line. What is between two hunks is equal. */
export interface LineChange {
  readonly before: readonly string[];
  readonly fixed: readonly string[];
  /** In order. */
  readonly hunks: readonly Hunk[];
}

/** Lines `[start, end)` that splices change, together with the splices. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly splices: readonly ByteSplice[];
}

/** Byte offsets at which the lines begin, and the end. */
function offsetsOf(lines: readonly string[]): number[] {
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + Buffer.byteLength(line));
  return offsets;
}

/** The whole lines that a splice changes: a line goes with it when what is written grows together with it. */
function stretchOf(splice: ByteSplice, bytes: Buffer, offsets: readonly number[]): Stretch {
  const after = offsets.findIndex((offset) => offset > splice.start);
  const start = after === -1 ? offsets.length - 1 : after - 1;
  const end = offsets.findIndex((offset) => offset >= splice.end);
  const written = bytes.toString("utf8", offsets[start], splice.start) + splice.text;
  const isOpen = written !== "" && !written.endsWith("\n");
  return { start, end: isOpen && offsets[end] === splice.end ? end + 1 : end, splices: [splice] };
}

/** Stretches that share lines or touch are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last === undefined || stretch.start > last.end) result.push(stretch);
    else {
      const end = Math.max(last.end, stretch.end);
      result[result.length - 1] = { start: last.start, end, splices: [...last.splices, ...stretch.splices] };
    }
  }
  return result;
}

function writtenLines({ start, end, splices }: Stretch, bytes: Buffer, offsets: readonly number[]): string[] {
  let [text, at] = ["", offsets[start] ?? 0];
  for (const splice of splices) {
    text += bytes.toString("utf8", at, splice.start) + splice.text;
    at = splice.end;
  }
  return splitLines(text + bytes.toString("utf8", at, offsets[end]));
}

/** What splices do to a text, line by line. They are sorted and do not overlap; byte offsets in its UTF-8. */
export function lineChange(text: string, splices: readonly ByteSplice[]): LineChange {
  const before = splitLines(text);
  const [bytes, offsets] = [Buffer.from(text), offsetsOf(before)];
  const fixed: string[] = [];
  const hunks: Hunk[] = [];
  let at = 0;
  for (const stretch of joined(splices.map((splice) => stretchOf(splice, bytes, offsets)))) {
    fixed.push(...before.slice(at, stretch.start));
    const old = before.slice(stretch.start, stretch.end);
    const written = writtenLines(stretch, bytes, offsets);
    const prefix = commonPrefix(old, written);
    const suffix = commonSuffix(old, written, prefix);
    const hunk: Hunk = {
      bStart: stretch.start + prefix,
      bEnd: stretch.start + old.length - suffix,
      fStart: fixed.length + prefix,
      fEnd: fixed.length + written.length - suffix,
    };
    if (hunk.bStart < hunk.bEnd || hunk.fStart < hunk.fEnd) hunks.push(hunk);
    fixed.push(...written);
    at = stretch.end;
  }
  return { before, fixed: [...fixed, ...before.slice(at)], hunks };
}
