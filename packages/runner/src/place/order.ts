import { align } from "./align.ts";
import type { Hunk } from "./hunks.ts";

/** Which side of the lines that come back a line of today's file belongs to; undefined where nothing tells. */
export type Side = "above" | "below";
export type OrderOf = (hunk: Hunk, line: number) => Side | undefined;

const nothingTells: OrderOf = () => undefined;

/**
 * Reads off the origin, where the lines that come back and those that came back earlier still stand together, in which order they stood.
 * A line counts only if its place in the origin does not depend on how repeated lines are counted.
 */
export function orderFrom(origin: readonly string[], before: readonly string[], today: readonly string[]): OrderOf {
  const toBefore = [align(origin, before, "first"), align(origin, before, "last")];
  const toToday = [align(origin, today, "first"), align(origin, today, "last")];
  const at = (lines: readonly (Int32Array | undefined)[], index: number): number | undefined => {
    const [first, last] = lines.map((alignment) => alignment?.indexOf(index) ?? -1);
    return first === last && first !== -1 ? first : undefined;
  };
  if ([...toBefore, ...toToday].includes(undefined)) return nothingTells;
  return (hunk, line) => {
    const place = at(toToday, line);
    const [top, bottom] = [at(toBefore, hunk.bStart), at(toBefore, hunk.bEnd - 1)];
    if (place === undefined || top === undefined || bottom === undefined) return undefined;
    if (place < top) return "above";
    return place > bottom ? "below" : undefined;
  };
}
