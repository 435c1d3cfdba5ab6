import { childrenOf, type ChildRecord, type CollectionRecord, isCollection, type MapRecord } from "../read/nodes.ts";
import type { Edit } from "../types.ts";
import type { Deletions } from "./deletions.ts";
import { insertInFlow } from "./insert-flow.ts";
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
    return { collection, index, leansOn: index === length ? "previous" : "next" };
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
  return { ...measureFile(layout), lineBreak: layout.breakAt(line) };
}

/** The step of indentation and the habit for lists, as the first nested block collections of the file show them. */
function measureFile(layout: Layout): { step: number; flatLists: boolean } {
  let step: number | undefined;
  let flatLists: boolean | undefined;
  for (const child of layout.file.walk()) {
    if (step !== undefined && flatLists !== undefined) break;
    const { value } = child;
    const first = isCollection(value) && !value.flow ? childrenOf(value)[0] : undefined;
    if (child.kind !== "entry" || first === undefined || !layout.isFirstOnLine(first)) continue;
    const depth = layout.column(first) - layout.column(child);
    if (value?.kind === "map" && depth > 0) step ??= depth;
    if (value?.kind === "sequence") flatLists ??= depth === 0;
  }
  return { step: step ?? 2, flatLists: flatLists ?? false };
}

/** What stands between a dash and its value in the neighbouring items. */
function dashGap(layout: Layout, neighbour: ChildRecord): string {
  const { value } = neighbour;
  if (value === undefined) return " ";
  const gap = layout.text.slice(neighbour.span.start + 1, value.span.start);
  return /^ +$/u.test(gap) ? gap : " ";
}

interface Neighbour {
  readonly child: ChildRecord;
  readonly side: "previous" | "next";
}

/** The nearest sibling that stays, the one that the edit names first. */
function neighbourOf(insertion: Insertion, deletions: Deletions): Neighbour | undefined {
  const children = childrenOf(insertion.collection);
  const previous = children.slice(0, insertion.index).findLast((child) => !deletions.has(child));
  const next = children.slice(insertion.index).find((child) => !deletions.has(child));
  const sides = [
    previous && ({ child: previous, side: "previous" } as const),
    next && ({ child: next, side: "next" } as const),
  ];
  const [first, second] = insertion.leansOn === "previous" ? sides : sides.toReversed();
  return first ?? second;
}

function insertInBlock(
  layout: Layout,
  { edit, index, target }: Resolved<InsertEdit>,
  collection: CollectionRecord,
  neighbour: Neighbour,
): Splice {
  const { child, side } = neighbour;
  const column = layout.column(child);
  const style = styleOf(layout, collection);
  const source =
    edit.kind === "insert-key"
      ? entrySource(edit.key, edit.value, column, style)
      : itemSource(edit.value, column, dashGap(layout, child), style);
  const indent = layout.indent(child);
  const line = indent + source + style.lineBreak;
  if (side === "previous") {
    const at = layout.lines.start(layout.gluedBottom(child) + 1);
    const blank = spacingBelow(layout, collection, child);
    const depth = target.steps.length;
    return { start: at, end: at, text: blank + line, purpose: "insert-after", edit: index, depth };
  }
  if (!layout.isFirstOnLine(child)) {
    const at = child.span.start;
    return { start: at, end: at, text: source + style.lineBreak + indent, purpose: "insert-before", edit: index };
  }
  const at = layout.lines.start(layout.top(child));
  const blank = spacingAbove(layout, collection, child);
  return { start: at, end: at, text: line + blank, purpose: "insert-before", edit: index };
}

/** Plans `insert-key` and `insert-item`. */
export function planInsertion(
  layout: Layout,
  resolved: Resolved<InsertEdit>,
  insertion: Insertion,
  deletions: Deletions,
): Splice[] {
  const { collection } = insertion;
  const neighbour = neighbourOf(insertion, deletions);
  // Only a flow collection can be empty: a batch that takes every child of one and brings another is refused.
  if (collection.flow || neighbour === undefined) return insertInFlow(layout, resolved, collection, neighbour);
  return [insertInBlock(layout, resolved, collection, neighbour)];
}
