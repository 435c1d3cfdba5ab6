import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import { commentSource, type Layout } from "./layout.ts";
import { type Run, runsOf } from "./runs.ts";
import type { Splice } from "./splice.ts";

/** The edit that deletes a child, and the lines that it leaves in its place. */
export interface Deleted {
  readonly edit: number;
  readonly note: readonly string[];
}

function gapIsBlank(layout: Layout, upper: ChildRecord, lower: ChildRecord): boolean {
  const bottom = layout.bottom(upper);
  return bottom + layout.blanksBelow(bottom) + 1 >= layout.top(lower);
}

function noteText(layout: Layout, run: Run, deleted: ReadonlyMap<ChildRecord, Deleted>): string {
  let text = "";
  for (const [index, child] of run.members.entries()) {
    const note = deleted.get(child)?.note ?? [];
    if (note.length === 0) continue;
    const above = run.members[index - 1];
    if (text !== "" && above !== undefined) {
      text += layout.text.slice(layout.lines.start(layout.bottom(above) + 1), layout.lines.start(layout.top(child)));
    }
    const lineBreak = layout.breakAt(layout.firstLine(child));
    for (const line of note) text += `${layout.indent(child)}${commentSource(line)}`.trimEnd() + lineBreak;
  }
  return text;
}

/** True where the lines above a line are the tail of a `|+` or `>+` scalar, whose blank lines are its text. */
function followsKeptBlanks(layout: Layout, above: ChildRecord | undefined, top: number): boolean {
  return above !== undefined && layout.endsInKeptBlanks(above) && layout.contentLine(above) === top - 1;
}

/** The blank lines that go with a run: those above it, those below it, or none. */
function blankLines(layout: Layout, run: Run): { above: number; below: number } {
  const top = layout.top(run.first);
  const bottom = layout.bottom(run.last);
  // Blank lines may be the text of a block scalar.
  const room = run.previous === undefined ? Infinity : top - layout.contentLine(run.previous) - 1;
  const above = Math.min(layout.blanksAbove(top), room);
  const below = layout.blanksBelow(bottom);
  if (followsKeptBlanks(layout, run.previous, top)) return { above: 0, below };
  if (run.next === undefined && !layout.isComment(bottom + below + 1)) return { above, below: 0 };
  const opens = run.previous === undefined && !layout.isComment(top - 1);
  return { above: 0, below: opens || above > 0 ? below : 0 };
}

function lineSplice(layout: Layout, run: Run, note: string): Place {
  const blanks = note === "" ? blankLines(layout, run) : { above: 0, below: 0 };
  const start = layout.lines.start(layout.top(run.first) - blanks.above);
  return { start, end: layout.lines.start(layout.bottom(run.last) + blanks.below + 1), text: note };
}

/** Deletes from behind a dash: the next sibling slides up, or the dash is left alone on its line. */
function slideSplice(layout: Layout, run: Run, next: ChildRecord, note: string, free: boolean): Place {
  const start = run.first.span.start;
  const bottom = layout.bottom(run.last);
  const below = layout.blanksBelow(bottom);
  if (free && note === "" && bottom + below + 1 === layout.firstLine(next))
    return { start, end: next.span.start, text: "" };
  const dashEnd = layout.text.slice(0, start).trimEnd().length;
  const end = layout.lines.start(bottom + (note === "" ? below : 0) + 1);
  return { start: dashEnd, end, text: layout.breakAt(layout.firstLine(run.first)) + note };
}

type Place = Pick<Splice, "start" | "end" | "text">;

/** Plans the deletion of children of one block collection; `crowned` are the children that get new lines above them. */
export function planBlockDeletion(
  layout: Layout,
  collection: CollectionRecord,
  deleted: ReadonlyMap<ChildRecord, Deleted>,
  crowned: ReadonlySet<ChildRecord>,
): Splice[] {
  return runsOf(childrenOf(collection), deleted, (upper, lower) => gapIsBlank(layout, upper, lower)).map((run) => {
    const note = noteText(layout, run, deleted);
    const { first, next } = run;
    const place =
      next !== undefined && !layout.isFirstOnLine(first)
        ? slideSplice(layout, run, next, note, !crowned.has(next))
        : lineSplice(layout, run, note);
    return { ...place, purpose: "delete", edit: deleted.get(first)?.edit ?? 0 };
  });
}
