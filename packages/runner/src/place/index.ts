import { align, type Bias } from "./align.ts";
import { hunksOf } from "./hunks.ts";
import { splitLines } from "./lines.ts";
import { locate } from "./locate.ts";
import { type OrderOf, orderFrom } from "./order.ts";
import type { Inversion, Misplacement, Placement, PlaceReason, TextSplice } from "./types.ts";

export type { Inversion, Misplacement, Placement, PlaceReason, TextSplice } from "./types.ts";

interface Versions {
  readonly before: readonly string[];
  readonly fixed: readonly string[];
  readonly today: readonly string[];
}

const MESSAGES: Readonly<Record<PlaceReason, string>> = {
  already: "The change is not in effect: the file holds what was there before it.",
  changed: "What the change wrote was changed or removed since.",
  inserted: "Other text was put exactly where removed lines belong; their order is not certain.",
  ambiguous: "The change fits in more than one place, and nothing tells which is meant.",
  "too-different": "The file has changed too much since to find the place again.",
};

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
function placeOnce(versions: Versions, way: readonly [Bias, Bias], orderOf: OrderOf | undefined): Placement {
  const { before, fixed, today } = versions;
  const change = align(before, fixed, way[0]);
  const alignment = align(fixed, today, way[1]);
  if (change === undefined || alignment === undefined) return misplaced("too-different");
  const offsets = offsetsOf(today);
  const text = today.join("");
  const splices: TextSplice[] = [];
  for (const hunk of hunksOf(change, fixed.length)) {
    const spot = locate(hunk, alignment, today.length, orderOf);
    if ("reason" in spot) return misplaced(spot.reason, Math.min(spot.line + 1, Math.max(1, today.length)));
    const [start = 0, end = 0] = [offsets[spot.start], offsets[spot.end]];
    const splice = { start, end, text: before.slice(hunk.bStart, hunk.bEnd).join("") };
    if (joinsLines(text, splice)) return misplaced("changed", spot.start);
    splices.push(splice);
  }
  return { ok: true, text: applySplices(text, splices), splices };
}

const WAYS: readonly (readonly [Bias, Bias])[] = [
  ["first", "first"],
  ["last", "last"],
  ["first", "last"],
  ["last", "first"],
];

/** What all ways of counting repeated lines agree on. */
function placeCertainly(versions: Versions, orderOf: OrderOf | undefined): Placement {
  const [first, ...others] = WAYS.map((way) => placeOnce(versions, way, orderOf));
  if (first === undefined) return misplaced("ambiguous");
  for (const other of others) {
    if (first.ok && other.ok && first.text !== other.text) {
      const at = Math.min(first.splices[0]?.start ?? 0, other.splices[0]?.start ?? 0);
      return misplaced("ambiguous", versions.today.join("").slice(0, at).split("\n").length);
    }
    if (first.ok !== other.ok) return first.ok ? other : first;
  }
  return first;
}

/**
 * Takes one change back, exactly: puts the inverse of `before` → `fixed` into today's file, or says why that cannot be done.
 * Every line that the change wrote must still be there in one piece, and the place of every line that it removed must be certain.
 */
export function placeInverse({ before, fixed, today, origin }: Inversion): Placement {
  if (today === before) return misplaced("already");
  const versions = { before: splitLines(before), fixed: splitLines(fixed), today: splitLines(today) };
  let order: OrderOf | undefined;
  const orderOf: OrderOf | undefined =
    origin === undefined
      ? undefined
      : (hunk, line) => (order ??= orderFrom(splitLines(origin), versions.before, versions.today))(hunk, line);
  const placed = placeCertainly(versions, orderOf);
  if (placed.ok) return placed;
  const { before: fixedSide, fixed: beforeSide } = versions;
  const forward = placeCertainly({ before: beforeSide, fixed: fixedSide, today: versions.today }, undefined);
  return forward.ok ? misplaced("already") : placed;
}
