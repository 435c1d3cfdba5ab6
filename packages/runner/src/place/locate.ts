import type { Alignment } from "./align.ts";
import type { Hunk } from "./hunks.ts";
import { commonPrefix, commonSuffix } from "./lines.ts";
import type { Side, Witness } from "./order.ts";
import type { PlaceReason } from "./types.ts";

/** Lines `[start, end)` of today's file that a hunk's former lines go in the place of; or why not, and at which line (0-based). */
export type Spot =
  | { readonly start: number; readonly end: number }
  | { readonly reason: PlaceReason; readonly line: number };

/** The two texts that are aligned, as lines. */
export interface Texts {
  readonly fixed: readonly string[];
  readonly today: readonly string[];
}

/** The aligned lines around a place in the fixed text, nearest first. -1 and the length stand for the ends of the texts. */
interface Surroundings {
  /** Nearest line above that is still there: in the fixed text and today. */
  readonly above: readonly [number, number];
  readonly below: readonly [number, number];
}

function surroundings(alignment: Alignment, todayLength: number, fStart: number, fEnd: number): Surroundings {
  let above = fStart - 1;
  while (above >= 0 && alignment[above] === -1) above--;
  let below = fEnd;
  while (below < alignment.length && alignment[below] === -1) below++;
  return {
    above: [above, above < 0 ? -1 : (alignment[above] ?? -1)],
    below: [below, below >= alignment.length ? todayLength : (alignment[below] ?? todayLength)],
  };
}

/** Lines that the fix wrote: all must be there, in one piece. */
function locateWritten(hunk: Hunk, alignment: Alignment, texts: Texts, witness: Witness | undefined): Spot {
  const start = alignment[hunk.fStart] ?? -1;
  for (let index = hunk.fStart; index < hunk.fEnd; index++) {
    const line = alignment[index] ?? -1;
    if (line === -1 || line !== start + index - hunk.fStart) {
      const { above } = surroundings(alignment, texts.today.length, index, index);
      return { reason: "changed", line: above[1] + 1 };
    }
    if (witness?.isSame(index, line) === false) return { reason: "ambiguous", line };
  }
  return { start, end: start + hunk.fEnd - hunk.fStart };
}

/** A neighbour that may be another line, equal by chance, decides nothing. */
function strangerAmong({ above, below }: Surroundings, texts: Texts, witness: Witness | undefined): number | undefined {
  const neighbours = [above, below].filter(([index]) => index >= 0 && index < texts.fixed.length);
  return neighbours.find(([fixedLine, todayLine]) => witness?.isSame(fixedLine, todayLine) === false)?.[1];
}

/** Whether a line looks like another one with a part of it changed: more than half of the longer one is shared at its two ends. */
function isRewritten(old: string, now: string): boolean {
  const [a, b] = [Array.from(old.trim()), Array.from(now.trim())];
  const prefix = commonPrefix(a, b);
  return (prefix + commonSuffix(a, b, prefix)) * 2 > Math.max(a.length, b.length);
}

/**
 * The side of the new lines at a place: where lines of the origin are gone on one side only, as many, and each new one looks like the one
 * it replaced, they are those lines, changed. A line that a fix wrote is gone once that fix is taken back, and one that stood in the origin
 * is not new: neither was rewritten, however alike the two look (as notes of different fixes do).
 */
function sideOfRewritten(hunk: Hunk, texts: Texts, { above, below }: Surroundings, witness: Witness): Side | undefined {
  const [goneAbove, goneBelow] = [above[0] < hunk.fStart - 1, below[0] > hunk.fStart];
  const count = below[0] - above[0] - 1;
  if (goneAbove === goneBelow || count !== below[1] - above[1] - 1) return undefined;
  for (let index = 1; index <= count; index++) {
    const [old, now] = [above[0] + index, above[1] + index];
    if (!isRewritten(texts.fixed[old] ?? "", texts.today[now] ?? "")) return undefined;
    if (witness.isNew("fixed", old) || !witness.isNew("today", now)) return undefined;
  }
  return goneAbove ? "above" : "below";
}

/**
 * Lines that the fix removed: the place between their neighbours must be certain. Neighbours that are gone leave it certain. Lines that
 * are new at this very place are told apart by the origin, or by being a changed neighbour; else nobody knows.
 */
function locateRemoved(hunk: Hunk, alignment: Alignment, texts: Texts, witness: Witness | undefined): Spot {
  const around = surroundings(alignment, texts.today.length, hunk.fStart, hunk.fStart);
  const [first, end] = [around.above[1] + 1, around.below[1]];
  const uncertain: Spot = { reason: "inserted", line: first };
  const stranger = strangerAmong(around, texts, witness);
  if (stranger !== undefined) return { reason: "ambiguous", line: stranger };
  if (first === end) return { start: first, end: first };
  if (witness === undefined) return uncertain;
  const rewritten = sideOfRewritten(hunk, texts, around, witness);
  const sides: Side[] = [];
  for (let line = first; line < end; line++) {
    const side = witness.sideOf(hunk, line) ?? rewritten;
    if (side === undefined) return uncertain;
    sides.push(side);
  }
  const below = sides.indexOf("below");
  const start = below === -1 ? end : first + below;
  return sides.lastIndexOf("above") < start - first ? { start, end: start } : uncertain;
}

/** Where a hunk's former lines go in today's file. */
export function locate(hunk: Hunk, alignment: Alignment, texts: Texts, witness: Witness | undefined): Spot {
  return hunk.fStart < hunk.fEnd
    ? locateWritten(hunk, alignment, texts, witness)
    : locateRemoved(hunk, alignment, texts, witness);
}
