import type { ScalarRecord } from "../read/nodes.ts";
import type { Edit } from "../types.ts";
import { readsAs } from "./block-text.ts";
import type { Layout } from "./layout.ts";
import { literalSplices } from "./literal-lines.ts";
import { Refused } from "./refusal.ts";
import { doubleQuoted, doubleQuotedBody, readsOtherwise, singleQuoted, singleQuotedBody } from "./scalar-source.ts";
import { valuePlace, wholeSplice } from "./set.ts";
import { type Splice, spliceText } from "./splice.ts";
import { refuseAgainstTag } from "./tags.ts";
import { lastStep, type Resolved } from "./target.ts";
import { type Place, readScalar } from "./trial.ts";

export type ReplaceEdit = Extract<Edit, { kind: "replace-in-scalar" }>;
type Piece = Pick<Splice, "start" | "end" | "text">;

function checkRange(scalar: ScalarRecord, edit: ReplaceEdit): void {
  const { start, end } = edit;
  const inside =
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= scalar.text.length;
  if (!inside)
    throw new Refused(
      "unmappable-range",
      `${start} to ${end} is no range of a text of ${scalar.text.length} characters`,
      scalar.span,
    );
  if (!scalar.mappable)
    throw new Refused("unmappable-range", "the text of this scalar cannot be mapped to the file", scalar.span);
  if (!scalar.map.isBoundary(start) || !scalar.map.isBoundary(end)) {
    throw new Refused("unmappable-range", "the range begins or ends inside an escape or a fold", scalar.span);
  }
}

/** The text in the file that stands for an edit's range, and what takes its place; undefined where the style has no words for it. */
function piece(scalar: ScalarRecord, edit: ReplaceEdit): Piece | undefined {
  const { map, style } = scalar;
  const start = edit.start < edit.end || edit.start === 0 ? map.start(edit.start) : map.endBefore(edit.start);
  const end = edit.start < edit.end ? map.endBefore(edit.end) : start;
  if (style === "double") return { start, end, text: doubleQuotedBody(edit.text) };
  if (/[\r\n]/u.test(edit.text)) return undefined;
  const text = style === "single" ? singleQuotedBody(edit.text) : edit.text;
  return text === undefined ? undefined : { start, end, text };
}

/** True where a source is read as the text, and as text at all where it was text before. */
function keeps(scalar: ScalarRecord, source: string, text: string, place: Place): boolean {
  const read = readScalar(source, place);
  if (read === undefined || read.text !== text) return false;
  if (typeof scalar.value !== "string") return true;
  return read.value === text && (read.style !== "plain" || !readsOtherwise(text));
}

function flowSplices(
  layout: Layout,
  scalar: ScalarRecord,
  pieces: readonly Piece[],
  text: string,
  place: Place,
): readonly Piece[] {
  const { start, end } = scalar.inner;
  const moved = pieces.map((part) => ({ start: part.start - start, end: part.end - start, text: part.text }));
  const raw = spliceText(layout.text.slice(start, end), moved);
  if (keeps(scalar, raw, text, place)) return pieces;
  // The lines of a plain scalar, between quotes.
  const quotedLines = `'${raw.replaceAll("'", "''")}'`;
  const quoted = [quotedLines, singleQuoted(text)].find(
    (source) => source !== undefined && keeps(scalar, source, text, place),
  );
  return [wholeSplice(layout, scalar, quoted ?? doubleQuoted(text))];
}

/** Leaves out of a replacement what it does not change, so that folds and escapes there stay. */
function narrowed(scalar: ScalarRecord, edit: ReplaceEdit): ReplaceEdit {
  const old = scalar.text.slice(edit.start, edit.end);
  const { text } = edit;
  let head = 0;
  while (head < old.length && old[head] === text[head]) head += 1;
  while (head > 0 && !isPlace(scalar, edit.start + head)) head -= 1;
  let tail = 0;
  while (tail < old.length - head && tail < text.length - head && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  while (tail > 0 && !isPlace(scalar, edit.end - tail)) tail -= 1;
  return { ...edit, start: edit.start + head, end: edit.end - tail, text: text.slice(head, text.length - tail) };
}

/** False inside an escape, a fold or a surrogate pair. */
function isPlace(scalar: ScalarRecord, index: number): boolean {
  return scalar.map.isBoundary(index) && !/[\udc00-\udfff]/u.test(scalar.text.slice(index, index + 1));
}

/** Plans every `replace-in-scalar` of one scalar together: its new text must be exact. */
export function planReplace(
  layout: Layout,
  group: readonly [Resolved<ReplaceEdit>, ...Resolved<ReplaceEdit>[]],
): Splice[] {
  const sorted = group.toSorted(
    (first, second) => first.edit.start - second.edit.start || first.edit.end - second.edit.end,
  );
  const [head] = group;
  const step = lastStep(head.target, head.edit);
  const node = head.target.node;
  if (node?.kind === "alias") throw new Refused("alias-target", `the value is the alias *${node.name}`, node.span);
  if (node?.kind !== "scalar")
    throw new Refused("wrong-target-kind", "only the text of a scalar can be replaced", step.child.span);
  const edits = sorted.map(({ edit }) => edit);
  for (const [index, edit] of edits.entries()) {
    checkRange(node, edit);
    const before = edits[index - 1];
    if (before && before.end > edit.start)
      throw new Refused("overlapping-edits", "two replacements of one scalar overlap", node.span);
  }
  const text = spliceText(node.text, edits);
  if (text === node.text) return [];
  refuseAgainstTag(node, text);
  const place = valuePlace(layout, step);
  const { shape } = node;
  const parts =
    shape !== undefined && node.style === "literal"
      ? literalSplices(layout, node, shape, edits)
      : edits.map((edit) => piece(node, narrowed(node, edit)));
  // Where one is missing, the text is another and the trial tells.
  const known = parts.filter((part) => part !== undefined);
  if (shape !== undefined && !readsAs(layout, shape, known, text, place))
    throw new Refused(
      "cannot-represent",
      "the block scalar cannot hold this text under its header and indentation",
      node.span,
    );
  const pieces = shape === undefined ? flowSplices(layout, node, known, text, place) : known;
  return pieces.map((part) => ({ ...part, purpose: "content", edit: head.index }));
}
