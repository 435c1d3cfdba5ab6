import { diffArrays } from "diff";
import { commonPrefix, commonSuffix } from "./lines.ts";

/**
 * Where each line of one text stands in another: an index for each line, -1 for a line that is not there. Indexes only grow.
 */
export type Alignment = Int32Array;

/**
 * Where equal lines repeat, several alignments are equally good. `first` prefers the earliest counterparts and `last` the latest; what
 * holds for both does not depend on the choice.
 */
export type Bias = "first" | "last";

/** Milliseconds for one stretch between two anchors. */
const TIMEOUT = 500;

/** A stretch of both texts, ends excluded. */
interface Stretch {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly aStart: number;
  readonly bStart: number;
}

/** Positions of the lines that occur exactly once. */
function uniqueLines(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const [index, text] of lines.entries()) found.set(text, found.has(text) ? -1 : index);
  for (const [text, index] of found) if (index === -1) found.delete(text);
  return found;
}

/** The longest run of pairs that grows on both sides; the pairs come ordered by their first side. */
function longestGrowing(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, b]] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[1] ?? b) < b) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let index = tails.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

/**
 * Lines that occur once on both sides: wherever repeated lines go, these stay together. Where two of them changed places, only one can
 * be kept: each bias keeps another one.
 */
function anchors(a: readonly string[], b: readonly string[], bias: Bias): (readonly [number, number])[] {
  const inB = uniqueLines(b);
  const pairs: (readonly [number, number])[] = [];
  for (const [text, index] of uniqueLines(a)) {
    const counterpart = inB.get(text);
    if (counterpart !== undefined) pairs.push([index, counterpart]);
  }
  if (bias === "first") return longestGrowing(pairs);
  const mirror = (mirrored: readonly (readonly [number, number])[]): (readonly [number, number])[] =>
    mirrored.map(([one, other]) => [-one, -other] as const).reverse();
  return mirror(longestGrowing(mirror(pairs)));
}

/** Fills in the counterparts of a stretch without anchors. False when it took too long. */
function alignRepeated(stretch: Stretch, bias: Bias, alignment: Alignment): boolean {
  const { a, b, aStart, bStart } = stretch;
  if (a.length === 0 || b.length === 0) return true;
  const turn = (lines: readonly string[]): string[] => (bias === "last" ? [...lines].reverse() : [...lines]);
  const changes = diffArrays(turn(a), turn(b), { timeout: TIMEOUT });
  if (changes === undefined) return false;
  let [atA, atB] = [0, 0];
  for (const { added, removed, count } of changes) {
    const kept = added || removed ? 0 : count;
    for (let step = 0; step < kept; step++) {
      const [fromA, fromB] =
        bias === "last" ? [a.length - 1 - atA - step, b.length - 1 - atB - step] : [atA + step, atB + step];
      alignment[aStart + fromA] = bStart + fromB;
    }
    if (!added) atA += count;
    if (!removed) atB += count;
  }
  return true;
}

function alignStretch(stretch: Stretch, bias: Bias, alignment: Alignment): boolean {
  const { a, b, aStart, bStart } = stretch;
  // Only one end is cut off, the one that the bias prefers: equal lines at the other end may belong further inside.
  const prefix = bias === "first" ? commonPrefix(a, b) : 0;
  const suffix = bias === "last" ? commonSuffix(a, b) : 0;
  for (let step = 0; step < prefix; step++) alignment[aStart + step] = bStart + step;
  for (let step = 1; step <= suffix; step++) alignment[aStart + a.length - step] = bStart + b.length - step;
  const inner: Stretch = {
    a: a.slice(prefix, a.length - suffix),
    b: b.slice(prefix, b.length - suffix),
    aStart: aStart + prefix,
    bStart: bStart + prefix,
  };
  const fixed = anchors(inner.a, inner.b, bias);
  if (fixed.length === 0) return alignRepeated(inner, bias, alignment);
  let [fromA, fromB] = [0, 0];
  for (const [toA, toB] of [...fixed, [inner.a.length, inner.b.length] as const]) {
    const part: Stretch = {
      a: inner.a.slice(fromA, toA),
      b: inner.b.slice(fromB, toB),
      aStart: inner.aStart + fromA,
      bStart: inner.bStart + fromB,
    };
    if (!alignStretch(part, bias, alignment)) return false;
    if (toA < inner.a.length) alignment[inner.aStart + toA] = inner.bStart + toB;
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  return true;
}

/** Aligns two texts by their unique lines first, then by what is between them. Undefined when they are too different to do it in time. */
export function align(a: readonly string[], b: readonly string[], bias: Bias): Alignment | undefined {
  const alignment = new Int32Array(a.length).fill(-1);
  return alignStretch({ a, b, aStart: 0, bStart: 0 }, bias, alignment) ? alignment : undefined;
}
