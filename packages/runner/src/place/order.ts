import { align, type Alignment } from "./align.ts";
import type { Hunk } from "./hunks.ts";

/** Which side of the lines that come back a line of today's file belongs to. */
export type Side = "above" | "below";

/** What the origin knows about lines of later versions. */
export interface Witness {
  /** The side that a line of today's file stood on in the origin; undefined where nothing tells. */
  sideOf(hunk: Hunk, todayLine: number): Side | undefined;
  /** Whether a line of the fixed text or of today's file is none of the origin's, however repeated lines are counted. */
  isNew(text: "fixed" | "today", line: number): boolean;
  /** Whether equal lines of the fixed text and today's file come from the same line of the origin, for certain. */
  isSame(fixedLine: number, todayLine: number): boolean;
}

/** Where a line of a later version stood in the origin; -1 for one that is new; undefined if it depends on how repeated lines are counted. */
type Descent = (line: number) => number | undefined;

function descentOf(origin: readonly string[], later: readonly string[]): Descent {
  const ways: (Alignment | undefined)[] = [align(origin, later, "first"), align(origin, later, "last")];
  return (line) => {
    const [first, last] = ways.map((alignment) => alignment?.indexOf(line));
    return first === last ? first : undefined;
  };
}

function isKnown(place: number | undefined): place is number {
  return place !== undefined && place !== -1;
}

/**
 * Reads off the origin, where all lines that ever come back still stand together, in which order they stood. Where the change itself is
 * the first one, the alignment of its own text says all that can be known.
 */
export function witnessOf(
  origin: readonly string[],
  before: readonly string[],
  fixed: readonly string[],
  today: readonly string[],
): Witness {
  const isFirst = [before, fixed].some(
    (text) => text.length === origin.length && text.every((line, at) => line === origin[at]),
  );
  const [ofBefore, ofFixed, ofToday] = [before, fixed, today].map((later) => descentOf(origin, later)) as [
    Descent,
    Descent,
    Descent,
  ];
  return {
    sideOf(hunk, todayLine) {
      const place = ofToday(todayLine);
      const [top, bottom] = [ofBefore(hunk.bStart), ofBefore(hunk.bEnd - 1)];
      if (!isKnown(place) || !isKnown(top) || !isKnown(bottom)) return undefined;
      if (place < top) return "above";
      return place > bottom ? "below" : undefined;
    },
    isNew(text, line) {
      return (text === "fixed" ? ofFixed : ofToday)(line) === -1;
    },
    isSame(fixedLine, todayLine) {
      if (isFirst) return true;
      const descent = ofFixed(fixedLine);
      return descent !== undefined && descent === ofToday(todayLine);
    },
  };
}
