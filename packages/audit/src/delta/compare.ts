/** What two lists differ in, repeated items counted. */
export interface ListDelta {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function listDelta(before: readonly string[], after: readonly string[]): ListDelta {
  return { removed: without(before, after), added: without(after, before) };
}

export function isSame({ removed, added }: ListDelta): boolean {
  return removed.length === 0 && added.length === 0;
}

function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
