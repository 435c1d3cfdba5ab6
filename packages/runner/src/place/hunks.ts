import type { Alignment } from "./align.ts";

/** Lines `[bStart, bEnd)` of a text became lines `[fStart, fEnd)` of another. Either side may be empty, never both. */
export interface Hunk {
  readonly bStart: number;
  readonly bEnd: number;
  readonly fStart: number;
  readonly fEnd: number;
}

/** What changed between two aligned texts, in order; what is between two hunks is equal. */
export function hunksOf(alignment: Alignment, fixedLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let [bStart, fStart] = [0, 0];
  for (let bEnd = 0; bEnd <= alignment.length; bEnd++) {
    const fEnd = bEnd === alignment.length ? fixedLength : (alignment[bEnd] ?? -1);
    if (fEnd === -1) continue;
    if (bStart < bEnd || fStart < fEnd) hunks.push({ bStart, bEnd, fStart, fEnd });
    [bStart, fStart] = [bEnd + 1, fEnd + 1];
  }
  return hunks;
}
