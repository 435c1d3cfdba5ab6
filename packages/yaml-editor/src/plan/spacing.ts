import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import type { Layout } from "./layout.ts";

function linesFrom(layout: Layout, line: number, count: number): string {
  return layout.text.slice(layout.lines.start(line), layout.lines.start(line + count));
}

/** Blank lines between a child and what is inserted below it. Whatever they are, a deletion of the new child takes them back. */
export function spacingBelow(layout: Layout, collection: CollectionRecord, child: ChildRecord): string {
  if (!layout.isSpaced(collection) || layout.endsInKeptBlanks(child)) return "";
  const children = childrenOf(collection);
  const bottom = layout.gluedBottom(child);
  const count = layout.blanksBelow(bottom);
  const isBeforeOthers = child !== children.at(-1) || layout.isComment(bottom + count + 1);
  if (isBeforeOthers) return linesFrom(layout, bottom + 1, count);
  return layout.blanksAbove(layout.top(child)) > 0 ? layout.breakAt(bottom) : "";
}

/** Blank lines between a child that is the first on its line and what is inserted above it. */
export function spacingAbove(layout: Layout, collection: CollectionRecord, child: ChildRecord): string {
  if (!layout.isSpaced(collection)) return "";
  const children = childrenOf(collection);
  const top = layout.top(child);
  const previous = children[children.indexOf(child) - 1];
  if (previous !== undefined) {
    // Blank lines in which a block scalar ends are its text.
    const count = Math.min(layout.blanksAbove(top), top - 1 - layout.contentLine(previous));
    return linesFrom(layout, top - count, count);
  }
  const isClose = layout.isComment(top - 1) || layout.blanksBelow(layout.gluedBottom(child)) === 0;
  return isClose ? "" : layout.breakAt(top);
}
