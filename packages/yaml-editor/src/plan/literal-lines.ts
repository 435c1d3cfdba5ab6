import type { BlockShape } from "../read/decode-block.ts";
import type { ScalarRecord } from "../read/nodes.ts";
import type { Layout } from "./layout.ts";
import type { Splice } from "./splice.ts";

type Piece = Pick<Splice, "start" | "end" | "text">;

interface Range {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length - 1;
}

/** Drops from both ends of a splice what stays as it is. */
function narrow(source: string, piece: Piece): Piece {
  const old = source.slice(piece.start, piece.end);
  let head = 0;
  while (head < old.length && old[head] === piece.text[head]) head += 1;
  // Never between the halves of a surrogate pair: that is no place in the bytes.
  if (/[\ud800-\udbff]/u.test(old[head - 1] ?? "")) head -= 1;
  let tail = 0;
  while (tail < old.length - head && tail < piece.text.length - head && old.at(-1 - tail) === piece.text.at(-1 - tail))
    tail += 1;
  if (/[\udc00-\udfff]/u.test(old[old.length - tail] ?? "")) tail -= 1;
  return { start: piece.start + head, end: piece.end - tail, text: piece.text.slice(head, piece.text.length - tail) };
}

/** The lines of a literal scalar that an edit touches are written anew; undefined where the header does not allow the result. */
function rewrite(layout: Layout, scalar: ScalarRecord, shape: BlockShape, edit: Range): Piece | undefined {
  const carried = shape.lines;
  const texts = scalar.text.split("\n");
  const firstLine = lineOf(scalar.text, edit.start);
  let lastLine = lineOf(scalar.text, edit.end);
  const lineStart = scalar.text.lastIndexOf("\n", edit.start - 1) + 1;
  const lineEnd = scalar.text.indexOf("\n", edit.end);
  const rest = scalar.text.slice(edit.end, lineEnd === -1 ? undefined : lineEnd);
  const fresh = (scalar.text.slice(lineStart, edit.start) + edit.text + rest).split("\n");
  if (lastLine >= carried.length) {
    // The text ends in a line break: behind it there is no line in the file, and there must be none afterwards.
    if (fresh.pop() !== "") return undefined;
    lastLine = carried.length - 1;
  }
  const lineBreak = layout.breakAt(layout.lines.lineAt(shape.header.start));
  const indent = " ".repeat(shape.indent);
  const rendered = fresh.map((line, index) => {
    const old = carried[firstLine + index];
    const same = old !== undefined && firstLine + index <= lastLine && texts[firstLine + index] === line;
    return same ? layout.text.slice(old.start, old.end) : line === "" ? "" : indent + line;
  });
  const start = carried[firstLine]?.start ?? carried.at(-1)?.next;
  const end = carried[lastLine];
  if (start === undefined || end === undefined) return undefined;
  if (firstLine > lastLine) return { start, end: start, text: rendered.map((line) => line + lineBreak).join("") };
  if (rendered.length === 0) return { start, end: end.next, text: "" };
  return narrow(layout.text, { start, end: end.end, text: rendered.join(lineBreak) });
}

/** Splices for replacements in a literal scalar. Replacements on one line are made in one go. */
export function literalSplices(
  layout: Layout,
  scalar: ScalarRecord,
  shape: BlockShape,
  edits: readonly Range[],
): (Piece | undefined)[] {
  const joined: Range[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last !== undefined && lineOf(scalar.text, last.end) === lineOf(scalar.text, edit.start)) {
      joined[joined.length - 1] = {
        start: last.start,
        end: edit.end,
        text: last.text + scalar.text.slice(last.end, edit.start) + edit.text,
      };
    } else joined.push(edit);
  }
  return joined.map((edit) => rewrite(layout, scalar, shape, edit));
}
