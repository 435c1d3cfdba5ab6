import { isMap, isPair, isScalar, isSeq, type Node } from "yaml";

function sameList(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (before.length !== after.length) return false;
  for (let index = 0; index < before.length; index += 1) if (!sameComposed(before[index], after[index])) return false;
  return true;
}

function sameProps(before: Node, after: Node): boolean {
  const anchors = "anchor" in before ? before.anchor : undefined;
  return before.tag === after.tag && anchors === ("anchor" in after ? after.anchor : undefined);
}

/**
 * True where the parser made the same of two pieces of text: the same collections in the same style, keys and items in
 * the same order, and scalars with the same value, text, style, tag and anchor. False also where it cannot tell, as for
 * aliases.
 */
export function sameComposed(before: unknown, after: unknown): boolean {
  if (isPair(before))
    return isPair(after) && sameComposed(before.key, after.key) && sameComposed(before.value, after.value);
  if (isScalar(before)) {
    return (
      isScalar(after) &&
      Object.is(before.value, after.value) &&
      before.source === after.source &&
      before.type === after.type &&
      sameProps(before, after)
    );
  }
  if (isMap(before))
    return (
      isMap(after) && before.flow === after.flow && sameProps(before, after) && sameList(before.items, after.items)
    );
  if (isSeq(before))
    return (
      isSeq(after) && before.flow === after.flow && sameProps(before, after) && sameList(before.items, after.items)
    );
  return before === null && after === null;
}
