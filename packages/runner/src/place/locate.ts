import type { Alignment } from "./align.ts";
import type { Hunk } from "./hunks.ts";
import type { OrderOf, Side } from "./order.ts";
import type { PlaceReason } from "./types.ts";

/** Lines `[start, end)` of today's file that a hunk's former lines go in the place of; or why not, and at which line (0-based). */
export type Spot =
  | { readonly start: number; readonly end: number }
  | { readonly reason: PlaceReason; readonly line: number };

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
function locateWritten(hunk: Hunk, alignment: Alignment, todayLength: number): Spot {
  const start = alignment[hunk.fStart] ?? -1;
  for (let index = hunk.fStart; index < hunk.fEnd; index++) {
    const line = alignment[index] ?? -1;
    if (line !== -1 && line === start + index - hunk.fStart) continue;
    const { above } = surroundings(alignment, todayLength, index, index);
    return { reason: "changed", line: above[1] + 1 };
  }
  return { start, end: start + hunk.fEnd - hunk.fStart };
}

/** The side of a line that stands where lines of the fixed text are gone on one side only: it replaced them. */
function sideOfReplaced(hunk: Hunk, { above, below }: Surroundings): Side | undefined {
  const [goneAbove, goneBelow] = [above[0] < hunk.fStart - 1, below[0] > hunk.fStart];
  if (goneAbove === goneBelow) return undefined;
  return goneAbove ? "above" : "below";
}

/**
 * Lines that the fix removed: the place between their neighbours must be certain. Neighbours that are gone leave it certain. Lines that
 * are new at this very place are told apart by the origin, or by having replaced a neighbour on one side; else nobody knows.
 */
function locateRemoved(hunk: Hunk, alignment: Alignment, todayLength: number, orderOf: OrderOf | undefined): Spot {
  const around = surroundings(alignment, todayLength, hunk.fStart, hunk.fStart);
  const [first, end] = [around.above[1] + 1, around.below[1]];
  const uncertain: Spot = { reason: "inserted", line: first };
  if (first === end) return { start: first, end: first };
  if (orderOf === undefined) return uncertain;
  const sides: Side[] = [];
  const replaced = sideOfReplaced(hunk, around);
  for (let line = first; line < end; line++) {
    const side = orderOf(hunk, line) ?? replaced;
    if (side === undefined) return uncertain;
    sides.push(side);
  }
  const below = sides.indexOf("below");
  const start = below === -1 ? end : first + below;
  return sides.lastIndexOf("above") < start - first ? { start, end: start } : uncertain;
}

/** Where a hunk's former lines go in today's file. */
export function locate(hunk: Hunk, alignment: Alignment, todayLength: number, orderOf: OrderOf | undefined): Spot {
  return hunk.fStart < hunk.fEnd
    ? locateWritten(hunk, alignment, todayLength)
    : locateRemoved(hunk, alignment, todayLength, orderOf);
}
