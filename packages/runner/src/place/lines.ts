/** Lines with their line ends, so that joining them gives the text back, byte for byte. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

/** How many elements two lists have in common at the beginning. */
export function commonPrefix(a: readonly string[], b: readonly string[]): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a[count] === b[count]) count++;
  return count;
}

/** How many they have in common at the end, the given number at the beginning left alone. */
export function commonSuffix(a: readonly string[], b: readonly string[], prefix = 0): number {
  const most = Math.min(a.length, b.length) - prefix;
  let count = 0;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count++;
  return count;
}
