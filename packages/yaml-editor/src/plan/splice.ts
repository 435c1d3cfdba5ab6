/** What a splice is for. Where two stand at one place, they are written in this order. */
export const RANKS = [
  "insert-inline",
  "content",
  "comma",
  "comment-at",
  "insert-after",
  "insert-before",
  "comment-above",
  "delete",
] as const;

export type Purpose = (typeof RANKS)[number];

/** A change of the original text; offsets are UTF-16, in the text with its final line break completed. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly purpose: Purpose;
  /** Index of the edit in the batch. */
  readonly edit: number;
  /** How deep the collection lies that an insertion goes into. */
  readonly depth?: number;
}

function compare(first: Splice, second: Splice): number {
  return (
    first.start - second.start ||
    first.end - second.end ||
    RANKS.indexOf(first.purpose) - RANKS.indexOf(second.purpose) ||
    // Where a list and the map around it end together, what goes into the list comes first.
    (second.depth ?? 0) - (first.depth ?? 0) ||
    first.edit - second.edit
  );
}

function isDeletion(splice: Splice): boolean {
  return splice.text === "";
}

/** Sorts splices; two deletions that overlap become one. Any other overlap is given back as the pair of edits that collide. */
export function mergeSplices(
  splices: readonly Splice[],
): Splice[] | { readonly first: number; readonly second: number } {
  const merged: Splice[] = [];
  for (const splice of [...splices].sort(compare)) {
    const last = merged.at(-1);
    if (last === undefined || splice.start >= last.end) merged.push(splice);
    else if (isDeletion(last) && isDeletion(splice))
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, splice.end) };
    else return { first: last.edit, second: splice.edit };
  }
  return merged;
}

/** Joins splices that touch, so that each stands for one whole change. */
export function joinTouching(splices: readonly Splice[]): Splice[] {
  const joined: Splice[] = [];
  for (const splice of splices) {
    const last = joined.at(-1);
    if (last !== undefined && last.end === splice.start) {
      joined[joined.length - 1] = { ...last, end: splice.end, text: last.text + splice.text };
    } else joined.push(splice);
  }
  return joined;
}

export function spliceText(text: string, splices: readonly { start: number; end: number; text: string }[]): string {
  let result = "";
  let at = 0;
  for (const splice of splices) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}
