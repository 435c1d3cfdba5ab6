import { childrenOf, type ChildRecord, type CollectionRecord, type MapRecord } from "../read/nodes.ts";
import type { Edit } from "../types.ts";
import type { Deletions } from "./deletions.ts";
import { insertInFlow, type InsertionGroup } from "./insert-flow.ts";
import type { Layout } from "./layout.ts";
import { checkNewValue } from "./new-value.ts";
import { pathText, Refused } from "./refusal.ts";
import { entrySource, itemSource, type Style } from "./render-value.ts";
import { spacingAbove, spacingBelow } from "./spacing.ts";
import type { Splice } from "./splice.ts";
import { refuseTaggedCollection } from "./tags.ts";
import type { Resolved } from "./target.ts";

export type KeyEdit = Extract<Edit, { kind: "insert-key" }>;
export type ItemEdit = Extract<Edit, { kind: "insert-item" }>;
export type InsertEdit = KeyEdit | ItemEdit;

/** A place among the children of a collection: before the child at `index`, said by an edit that leans on one of its neighbours. */
export interface Insertion {
  readonly collection: CollectionRecord;
  readonly index: number;
  readonly leansOn: "previous" | "next";
}

function collectionOf(resolved: Resolved<InsertEdit>): CollectionRecord {
  const { node } = resolved.target;
  const { edit } = resolved;
  if (node?.kind === "alias")
    throw new Refused("alias-target", `${pathText(edit.path)} is the alias *${node.name}`, node.span);
  const wanted = edit.kind === "insert-key" ? "map" : "sequence";
  if (node?.kind !== wanted)
    throw new Refused("wrong-target-kind", `${pathText(edit.path)} is no ${wanted}`, node?.span);
  refuseTaggedCollection(node, resolved.target.steps.at(-1)?.collection);
  return node;
}

function siblingIndex(map: MapRecord, key: string, edit: KeyEdit): number {
  const index = map.entries.findIndex((entry) => entry.key === key);
  if (index === -1) throw new Refused("no-such-target", `${pathText(edit.path)} has no key "${key}"`, map.span);
  if (map.get(key) === undefined)
    throw new Refused("ambiguous-target", `the key "${key}" is written more than once`, map.span);
  return index;
}

/** Finds where an insertion goes. */
export function findInsertion(resolved: Resolved<InsertEdit>): Insertion {
  const collection = collectionOf(resolved);
  const { edit } = resolved;
  checkNewValue(edit.value);
  const length = childrenOf(collection).length;
  if (edit.kind === "insert-item") {
    const { index } = edit;
    if (!Number.isInteger(index) || index < 0 || index > length) {
      throw new Refused("no-such-target", `a list of ${length} has no place ${index}`, collection.span);
    }
    return { collection, index, leansOn: "next" };
  }
  if (collection.kind !== "map") throw new Refused("wrong-target-kind", "a key goes into a map", collection.span);
  if (collection.has(edit.key))
    throw new Refused("key-exists", `${pathText(edit.path)} has the key "${edit.key}" already`, collection.span);
  if (edit.after !== undefined)
    return { collection, index: siblingIndex(collection, edit.after, edit) + 1, leansOn: "previous" };
  if (edit.before !== undefined)
    return { collection, index: siblingIndex(collection, edit.before, edit), leansOn: "next" };
  return { collection, index: length, leansOn: "previous" };
}

function styleOf(layout: Layout, collection: CollectionRecord): Style {
  const line = layout.lines.lineAt(collection.span.start);
  return { ...layout.habits, lineBreak: layout.breakAt(line) };
}

/** What stands between a dash and its value in the neighbouring items. */
function dashGap(layout: Layout, neighbour: ChildRecord): string {
  const { value } = neighbour;
  if (value === undefined) return " ";
  const gap = layout.text.slice(neighbour.span.start + 1, value.span.start);
  return /^ +$/u.test(gap) ? gap : " ";
}

/**
 * Gathers insertions by the sibling that stays which they stand beside, the one that the edit names first. Those between the same
 * two siblings keep their order: what follows one that stands above the lower sibling stands there too.
 */
export function groupInsertions(
  insertions: readonly (readonly [Resolved<InsertEdit>, Insertion])[],
  deletions: Deletions,
): InsertionGroup[] {
  const groups: InsertionGroup[] = [];
  const ordered = insertions.toSorted(([, upper], [, lower]) => upper.index - lower.index);
  for (const [one, { collection, index, leansOn }] of ordered) {
    const children = childrenOf(collection);
    const previous = children.slice(0, index).findLast((child) => !deletions.has(child));
    const next = children.slice(index).find((child) => !deletions.has(child));
    const beside = (child: ChildRecord | undefined, side: InsertionGroup["side"]): InsertionGroup | undefined =>
      groups.find((group) => group.collection === collection && group.child === child && group.side === side);
    const isAbove = previous === undefined || leansOn === "next" || beside(next, "next") !== undefined;
    const side = next !== undefined && isAbove ? "next" : "previous";
    const child = side === "next" ? next : previous;
    const group = beside(child, side);
    if (group) group.members.push(one);
    else groups.push({ collection, side, child, members: [one] });
  }
  return groups;
}

function insertInBlock(layout: Layout, { collection, side, members }: InsertionGroup, child: ChildRecord): Splice[] {
  const [first] = members;
  const column = layout.column(child);
  const style = styleOf(layout, collection);
  const indent = layout.indent(child);
  const sources = members.map(({ edit }) =>
    edit.kind === "insert-key"
      ? entrySource(edit.key, edit.value, column, style)
      : itemSource(edit.value, column, dashGap(layout, child), style),
  );
  const write = (at: number, before: string, after: string): Pick<Splice, "start" | "end" | "text"> => ({
    start: at,
    end: at,
    text: sources.map((source) => before + source + style.lineBreak + after).join(""),
  });
  if (side === "previous") {
    const blank = spacingBelow(layout, collection, child);
    const place = write(layout.lines.start(layout.gluedBottom(child) + 1), blank + indent, "");
    return [{ ...place, purpose: "insert-after", edit: first.index, depth: first.target.steps.length }];
  }
  const place = layout.isFirstOnLine(child)
    ? write(layout.lines.start(layout.top(child)), indent, spacingAbove(layout, collection, child))
    : write(child.span.start, "", indent);
  return [{ ...place, purpose: "insert-before", edit: first.index }];
}

/** Plans `insert-key` and `insert-item`. */
export function planInsertions(layout: Layout, group: InsertionGroup): Splice[] {
  // Only a flow collection can be empty: a batch that takes every child of one and brings another is refused.
  return group.collection.flow || group.child === undefined
    ? insertInFlow(layout, group)
    : insertInBlock(layout, group, group.child);
}
