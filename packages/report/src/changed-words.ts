import { diffWordsWithSpace } from "diff";

/** A part of a line; `changed` where its counterpart differs. */
export interface WordPart {
  readonly text: string;
  readonly changed: boolean;
}

/** Below this share of common characters two lines are different lines, and marks would be noise. */
const LEAST_COMMON = 0.4;
const LONGEST = 2000;

/** Two lines with what differs between them, and how many characters they have in common. */
export interface ChangedPair {
  readonly removed: readonly WordPart[];
  readonly added: readonly WordPart[];
  readonly common: number;
}

/** The words that differ between a removed and an added line; undefined where the lines have little in common. */
export function changedWords(removed: string, added: string, timeout = 50): ChangedPair | undefined {
  if (removed.length > LONGEST || added.length > LONGEST) return undefined;
  const parts = diffWordsWithSpace(removed, added, { timeout });
  if (parts === undefined) return undefined;
  const common = parts
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  if (common < LEAST_COMMON * Math.min(removed.trim().length, added.trim().length)) return undefined;
  const side = (other: "added" | "removed"): WordPart[] =>
    parts.filter((part) => !part[other]).map((part) => ({ text: part.value, changed: part.added || part.removed }));
  return { removed: side("added"), added: side("removed"), common };
}

/** Pairs beyond this many are not tried: a long run is a rewrite, and marks would be noise. */
const MOST_PAIRS = 400;

/** For lines that were replaced by others, in their order: which became which, by what they have in common. */
export function pairLines(removed: readonly string[], added: readonly string[]): ReadonlyMap<string, ChangedPair> {
  const pairs = new Map<string, ChangedPair>();
  if (removed.length * added.length > MOST_PAIRS) return pairs;
  let from = 0;
  for (const [index, line] of removed.entries()) {
    const candidates = added
      .slice(from)
      .map((other, offset) => ({ at: from + offset, pair: changedWords(line, other) }));
    const best = candidates.reduce<(typeof candidates)[number] | undefined>(
      (left, right) => ((right.pair?.common ?? 0) > (left?.pair?.common ?? 0) ? right : left),
      undefined,
    );
    if (best?.pair === undefined) continue;
    pairs.set(`-${index}`, best.pair).set(`+${best.at}`, best.pair);
    from = best.at + 1;
  }
  return pairs;
}
