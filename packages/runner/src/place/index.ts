import { align, type Alignment } from "./align.ts";
import { type LineChange, lineChange } from "./hunks.ts";
import { splitLines } from "./lines.ts";
import { locate } from "./locate.ts";
import { type Witness, witnessOf } from "./order.ts";
import type { Inversion, Misplacement, Placement, PlaceReason, TextSplice } from "./types.ts";

export type { Inversion, Placement } from "./types.ts";

const MESSAGES: Readonly<Record<PlaceReason, string>> = {
  already: "The change is not in effect: the file holds what was there before it.",
  changed: "What the change wrote was changed or removed since.",
  inserted: "Other text was put exactly where removed lines belong; their order is not certain.",
  ambiguous: "The change fits in more than one place, and nothing tells which is meant.",
  "too-different": "The file has changed too much since to find the place again.",
};

/** Repeated lines counted from either end. */
const BIASES = ["first", "last"] as const;

function misplaced(reason: PlaceReason, line?: number): Misplacement {
  const message = MESSAGES[reason];
  return line === undefined ? { ok: false, reason, message } : { ok: false, reason, line, message };
}

/** Offsets at which the lines begin, and the end. */
function offsetsOf(lines: readonly string[]): number[] {
  const offsets = [0];
  for (const text of lines) offsets.push((offsets.at(-1) ?? 0) + text.length);
  return offsets;
}

function applySplices(text: string, splices: readonly TextSplice[]): string {
  let [result, at] = ["", 0];
  for (const splice of splices) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

/** A line without an end may only be the last: else two lines would grow together. */
function joinsLines(text: string, { start, end, text: inserted }: TextSplice): boolean {
  const open = (part: string): boolean => part !== "" && !part.endsWith("\n");
  const kept = inserted === "" && start === end;
  if (kept) return false;
  return (
    (open(text.slice(0, start)) && (inserted !== "" || end < text.length)) || (open(inserted) && end < text.length)
  );
}

/** Puts the inverse into today's file under one way of counting repeated lines. */
function placeOnce(
  change: LineChange,
  today: readonly string[],
  alignment: Alignment,
  witness: Witness | undefined,
): Placement {
  const { before, fixed } = change;
  const offsets = offsetsOf(today);
  const text = today.join("");
  const splices: TextSplice[] = [];
  for (const hunk of change.hunks) {
    const spot = locate(hunk, alignment, { fixed, today }, witness);
    if ("reason" in spot) return misplaced(spot.reason, Math.min(spot.line + 1, Math.max(1, today.length)));
    const [start = 0, end = 0] = [offsets[spot.start], offsets[spot.end]];
    const splice = { start, end, text: before.slice(hunk.bStart, hunk.bEnd).join("") };
    if (joinsLines(text, splice)) return misplaced("changed", spot.start + 1);
    splices.push(splice);
  }
  return { ok: true, text: applySplices(text, splices), splices };
}

/** What all ways of counting repeated lines agree on. */
function placeCertainly(change: LineChange, today: readonly string[], origin: string | undefined): Placement {
  const { before, fixed } = change;
  const witness = origin === undefined ? undefined : witnessOf(splitLines(origin), before, fixed, today);
  let agreed: Placement | undefined;
  for (const bias of BIASES) {
    const alignment = align(fixed, today, bias);
    if (alignment === undefined) return misplaced("too-different");
    const placed = placeOnce(change, today, alignment, witness);
    if (!placed.ok) return placed;
    if (agreed?.ok === true && agreed.text !== placed.text) {
      const at = Math.min(...[agreed, placed].map(({ splices }) => splices[0]?.start ?? 0));
      return misplaced("ambiguous", today.join("").slice(0, at).split("\n").length);
    }
    agreed ??= placed;
  }
  return agreed ?? misplaced("ambiguous");
}

function inverted({ before, fixed, hunks }: LineChange): LineChange {
  const back = hunks.map(({ bStart, bEnd, fStart, fEnd }) => ({
    bStart: fStart,
    bEnd: fEnd,
    fStart: bStart,
    fEnd: bEnd,
  }));
  return { before: fixed, fixed: before, hunks: back };
}

/**
 * Takes one change back, exactly: puts the inverse of the splices into today's file, or says why that cannot be done.
 * Every line that the change wrote must still be there in one piece, and the place of every line that it removed must be certain.
 */
export function placeInverse({ before, splices, today, origin }: Inversion): Placement {
  if (today === before) return misplaced("already");
  const [change, lines] = [lineChange(before, splices), splitLines(today)];
  const placed = placeCertainly(change, lines, origin);
  if (placed.ok || placed.reason === "too-different") return placed;
  const forward = placeCertainly(inverted(change), lines, origin);
  return forward.ok ? misplaced("already") : placed;
}
