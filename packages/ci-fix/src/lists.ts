/** What words of a command line name, each once: `M03-R01,M03-R02 M03-R04` are three. */
export function readList(words: readonly string[]): readonly string[] {
  const parts = words.flatMap((word) => word.split(",")).map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== "");
}

/** For options that may be given again: `--risk A,B --risk C` gives A, B and C. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...readList([value])];
}
