/** The known words that need the fewest slips to become `word`, nearest first; as many as asked for. */
export function nearest(word: string, known: readonly string[], most: number = 3): string[] {
  return known
    .map((candidate) => ({ candidate, slips: countSlips(plain(word), plain(candidate)) }))
    .sort((a, b) => a.slips - b.slips || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The known word that was most likely meant; undefined where none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const [best] = nearest(word, known, 1);
  if (best === undefined) return undefined;
  const limit = Math.max(1, Math.floor(word.length * 0.4));
  return countSlips(plain(word), plain(best)) <= limit ? best : undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours from one word to the other; UTF-16 units. */
export function countSlips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const viaSwap = swapped ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, viaSwap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll("_", "-");
}
