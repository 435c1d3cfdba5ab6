import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import type { Edit } from "../types.ts";
import type { Layout } from "./layout.ts";
import { Refused } from "./refusal.ts";
import { flowEntry, flowSource } from "./render-value.ts";
import type { Splice } from "./splice.ts";
import type { Resolved } from "./target.ts";

type InsertEdit = Extract<Edit, { kind: "insert-key" | "insert-item" }>;

/** Insertions beside one sibling, in their order: they are written in one go. */
export interface InsertionGroup {
  readonly collection: CollectionRecord;
  /** The sibling, which stays; undefined in an empty flow collection. */
  readonly child: ChildRecord | undefined;
  /** What the sibling is to them. */
  readonly side: "previous" | "next";
  readonly members: [Resolved<InsertEdit>, ...Resolved<InsertEdit>[]];
}

function sourceOf(edit: InsertEdit): string {
  if (edit.kind === "insert-key") return flowEntry(edit.key, edit.value, 0);
  return flowSource(edit.value, { role: "flow-value", column: 0 });
}

/** What stands behind a child on its last line. */
function behind(layout: Layout, child: ChildRecord): string {
  return layout.text.slice(child.span.end, layout.lines.contentEnd(layout.lines.lineAt(child.span.end)));
}

/** True where a child has its lines for itself. */
function hasOwnLine(layout: Layout, child: ChildRecord): boolean {
  return layout.isFirstOnLine(child) && /^[ \t]*,?[ \t]*(?:#.*)?$/u.test(behind(layout, child));
}

/** Plans insertions into a flow collection beside a neighbour, on lines of their own where it has one; without one it is empty. */
export function insertInFlow(layout: Layout, { collection, child, side, members }: InsertionGroup): Splice[] {
  const [first] = members;
  if (childrenOf(collection)[0]?.span.start === collection.inner.start)
    throw new Refused("cannot-represent", "a pair without braces has room for one key", collection.span);
  const sources = members.map(({ edit }) => sourceOf(edit));
  const at = (start: number, text: string, purpose: Splice["purpose"]): Splice => ({
    start,
    end: start,
    text,
    purpose,
    edit: first.index,
  });
  if (child === undefined) return [at(collection.inner.start + 1, sources.join(", "), "insert-after")];
  const own = hasOwnLine(layout, child);
  const line = layout.lines.lineAt(child.span.end);
  const lineBreak = layout.breakAt(line);
  const rows = sources.map((source) => layout.indent(child) + source);
  if (side === "next") {
    if (!own) return [at(child.span.start, sources.map((source) => `${source}, `).join(""), "insert-inline")];
    const text = rows.map((row) => `${row},${lineBreak}`).join("");
    return [at(layout.lines.start(layout.top(child)), text, "insert-before")];
  }
  // A comma glued to the colon of an empty value could be read as a part of it.
  const gap = layout.text[child.span.end - 1] === ":" ? " " : "";
  if (!own) return [at(child.span.end, gap + sources.map((source) => `, ${source}`).join(""), "insert-after")];
  const comma = /^[ \t]*,/u.test(behind(layout, child)) ? "," : "";
  const below = at(layout.lines.start(line + 1), rows.join(`,${lineBreak}`) + comma + lineBreak, "insert-after");
  return comma === "" ? [at(child.span.end, `${gap},`, "comma"), below] : [below];
}
