import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import type { Deleted } from "./delete-block.ts";
import { commentSource, type Layout } from "./layout.ts";
import { Refused } from "./refusal.ts";
import { type Run, runsOf } from "./runs.ts";
import type { Splice } from "./splice.ts";

type Place = Pick<Splice, "start" | "end" | "text">;

/** Offset of the comma that follows a child, if there is one before the next child or the end. */
function commaAfter(layout: Layout, child: ChildRecord, limit: number): number | undefined {
  let at = child.span.end;
  while (at < limit) {
    const comment = layout.file.commentOnLine(layout.lines.lineAt(at));
    const inside = comment !== undefined && at >= comment.span.start && at < comment.span.end;
    if (inside) at = comment.span.end;
    else if (layout.text[at] === ",") return at;
    else at += 1;
  }
  return undefined;
}

/** True where the lines of a run hold nothing else. */
function hasOwnLines(layout: Layout, run: Run): boolean {
  if (!layout.isFirstOnLine(run.first)) return false;
  const line = layout.lines.lineAt(run.last.span.end);
  const rest = layout.text.slice(run.last.span.end, layout.lines.contentEnd(line));
  return /^[ \t]*,?[ \t]*(?:#.*)?$/u.test(rest);
}

function noteLines(layout: Layout, run: Run, deleted: ReadonlyMap<ChildRecord, Deleted>): string {
  const lines = run.members.flatMap((child) => deleted.get(child)?.note ?? []);
  const lineBreak = layout.breakAt(layout.firstLine(run.first));
  return lines.map((line) => `${layout.indent(run.first)}${commentSource(line)}`.trimEnd() + lineBreak).join("");
}

function wholeLines(layout: Layout, collection: CollectionRecord, run: Run, note: string): Place[] {
  const places: Place[] = [
    {
      start: layout.lines.start(layout.top(run.first)),
      end: layout.lines.start(layout.lines.lineAt(run.last.span.end) + 1),
      text: note,
    },
  ];
  if (run.previous !== undefined && commaAfter(layout, run.last, collection.inner.end) === undefined) {
    const comma = commaAfter(layout, run.previous, run.first.span.start);
    if (comma !== undefined) places.unshift({ start: comma, end: comma + 1, text: "" });
  }
  return places;
}

function insideLine(layout: Layout, { first, last, previous, next }: Run): Place {
  const { trailing } = last.comments;
  if (next === undefined)
    return { start: previous?.span.end ?? first.span.start, end: trailing?.span.end ?? last.span.end, text: "" };
  // Of the last on its line, behind another, the line break stays.
  const closesLine = previous !== undefined && layout.firstLine(next) > layout.lines.lineAt(last.span.end);
  if (!closesLine) return { start: first.span.start, end: next.span.start, text: "" };
  if (trailing === undefined) return { start: previous.span.end, end: last.span.end, text: "" };
  return { start: layout.text.slice(0, first.span.start).trimEnd().length, end: trailing.span.end, text: "" };
}

/** Comments in the way of a deletion inside a line must be the deleted children's own. */
function keepComments(layout: Layout, run: Run, place: Place): void {
  for (const comment of layout.file.comments) {
    if (comment.span.end <= place.start || comment.span.start >= place.end) continue;
    const inside = comment.span.start > run.first.span.start && comment.span.end <= run.last.span.end;
    const own = run.members.some(({ comments }) => comments.trailing === comment || comments.leading.includes(comment));
    if (!inside && !own)
      throw new Refused(
        "comment-would-change",
        "a comment stands between the deleted item and its neighbour",
        comment.span,
      );
  }
}

/** Plans the deletion of children of one flow collection. */
export function planFlowDeletion(
  layout: Layout,
  collection: CollectionRecord,
  deleted: ReadonlyMap<ChildRecord, Deleted>,
): Splice[] {
  return runsOf(childrenOf(collection), deleted, () => true).flatMap((run) => {
    const edit = deleted.get(run.first)?.edit ?? 0;
    const finish = (place: Place): Splice => ({ ...place, purpose: "delete", edit });
    const note = noteLines(layout, run, deleted);
    if (hasOwnLines(layout, run)) return wholeLines(layout, collection, run, note).map(finish);
    if (note !== "")
      throw new Refused("cannot-represent", "a note cannot stand inside a line of a flow collection", run.first.span);
    const place = insideLine(layout, run);
    keepComments(layout, run, place);
    return [finish(place)];
  });
}
