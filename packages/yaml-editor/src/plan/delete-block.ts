import { childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import { commentSource, type Layout } from "./layout.ts";
import { type Run, runsOf } from "./runs.ts";
import type { Splice } from "./splice.ts";

/** What is deleted from one collection. */
export interface Deletion {
  /** Index of the edit for each deleted child. */
  readonly edits: ReadonlyMap<ChildRecord, number>;
  readonly notes: ReadonlyMap<ChildRecord, readonly string[]>;
  /** Children that get new lines above them. */
  readonly crowned: ReadonlySet<ChildRecord>;
}

function gapIsBlank(layout: Layout, upper: ChildRecord, lower: ChildRecord): boolean {
  const bottom = layout.bottom(upper);
  return bottom + layout.blanksBelow(bottom) + 1 >= layout.top(lower);
}

function noteText(layout: Layout, run: Run, deletion: Deletion): string {
  let text = "";
  for (const [index, child] of run.members.entries()) {
    const note = deletion.notes.get(child);
    if (note === undefined) continue;
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
  const opens = run.previous === undefined && !layout.isComment(top - above - 1);
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

/** Plans the deletion of children of one block collection. */
export function planBlockDeletion(layout: Layout, collection: CollectionRecord, deletion: Deletion): Splice[] {
  const children = childrenOf(collection);
  const finish = (place: Place, child: ChildRecord): Splice => ({
    ...place,
    purpose: "delete",
    edit: deletion.edits.get(child) ?? 0,
  });
  return runsOf(children, deletion.edits, (upper, lower) => gapIsBlank(layout, upper, lower)).map((run) => {
    const note = noteText(layout, run, deletion);
    const slides = run.next !== undefined && !layout.isFirstOnLine(run.first);
    const place =
      slides && run.next
        ? slideSplice(layout, run, run.next, note, !deletion.crowned.has(run.next))
        : lineSplice(layout, run, note);
    return finish(place, run.first);
  });
}
