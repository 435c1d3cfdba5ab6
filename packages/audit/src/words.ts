/** A name from outside in a sentence: between backticks, on one line, and without any of its own. */
export function named(text: string): string {
  return `\`${text.replaceAll(/\s+/gu, " ").trim().replaceAll("`", "'")}\``;
}

/** `a`, `a and b`, `a, b and c`; past `most` the rest is counted. */
export function listed(items: readonly string[], most: number = Number.POSITIVE_INFINITY): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string, plural: string = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

export function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Groups in the order in which their keys first occur. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
