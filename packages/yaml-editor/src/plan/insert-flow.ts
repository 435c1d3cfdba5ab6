import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import type { Edit } from "../types.ts";
import type { Layout } from "./layout.ts";
import { Refused } from "./refusal.ts";
import { flowEntry, flowSource } from "./render-value.ts";
import type { Splice } from "./splice.ts";
import type { Resolved } from "./target.ts";

type InsertEdit = Extract<Edit, { kind: "insert-key" | "insert-item" }>;

interface Neighbour {
  readonly child: ChildRecord;
  readonly side: "previous" | "next";
}

function sourceOf(edit: InsertEdit): string {
  if (edit.kind === "insert-key") return flowEntry(edit.key, edit.value, 0);
  return flowSource(edit.value, { role: "flow-value", column: 0 });
}

/** Offset behind the comma that follows a child on its line, if there is one. */
function behindComma(layout: Layout, child: ChildRecord): number | undefined {
  const match = /^[ \t]*,/u.exec(
    layout.text.slice(child.span.end, layout.lines.contentEnd(layout.lines.lineAt(child.span.end))),
  );
  return match === null ? undefined : child.span.end + match[0].length;
}

/** True where a child has its lines for itself. */
function hasOwnLine(layout: Layout, child: ChildRecord): boolean {
  const rest = layout.text.slice(child.span.end, layout.lines.contentEnd(layout.lines.lineAt(child.span.end)));
  return layout.isFirstOnLine(child) && /^[ \t]*,?[ \t]*(?:#.*)?$/u.test(rest);
}

/** Plans an insertion into a flow collection, on a line of its own where the neighbour has one; without one it is empty. */
export function insertInFlow(
  layout: Layout,
  { edit, index }: Resolved<InsertEdit>,
  collection: CollectionRecord,
  neighbour: Neighbour | undefined,
): Splice[] {
  if (edit.kind === "insert-key" && childrenOf(collection)[0]?.span.start === collection.inner.start)
    throw new Refused("cannot-represent", "a pair without braces has room for one key", collection.span);
  const source = sourceOf(edit);
  const at = (start: number, text: string, purpose: Splice["purpose"]): Splice => ({
    start,
    end: start,
    text,
    purpose,
    edit: index,
  });
  if (neighbour === undefined) return [at(collection.inner.start + 1, source, "insert-after")];
  const { child, side } = neighbour;
  const own = hasOwnLine(layout, child);
  const line = layout.lines.lineAt(child.span.end);
  const lineBreak = layout.breakAt(line);
  if (side === "next") {
    if (own)
      return [
        at(layout.lines.start(layout.top(child)), `${layout.indent(child)}${source},${lineBreak}`, "insert-before"),
      ];
    return [at(child.span.start, `${source}, `, "insert-before")];
  }
  // A comma glued to the colon of an empty value could be read as a part of it.
  const gap = child.kind === "entry" && child.value === undefined ? " " : "";
  if (!own) return [at(child.span.end, `${gap}, ${source}`, "insert-after")];
  const comma = behindComma(layout, child);
  const text = `${layout.indent(child)}${source}${comma === undefined ? "" : ","}${lineBreak}`;
  const below = at(layout.lines.start(line + 1), text, "insert-after");
  return comma === undefined ? [at(child.span.end, `${gap},`, "content"), below] : [below];
}
