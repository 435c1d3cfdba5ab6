import type { BlockShape } from "../read/decode-block.ts";
import type { ScalarRecord } from "../read/nodes.ts";
import type { Layout } from "./layout.ts";
import { type Splice, spliceText } from "./splice.ts";
import { type Place, readScalar } from "./trial.ts";

type Piece = Pick<Splice, "start" | "end" | "text">;

/** True where a block scalar with these splices reads as a text. */
export function readsAs(
  layout: Layout,
  shape: BlockShape,
  pieces: readonly Piece[],
  text: string,
  place: Place,
): boolean {
  const { start } = shape.header;
  const end = shape.lines.at(-1)?.next ?? layout.lines.start(layout.lines.lineAt(start) + 1);
  const moved = pieces.map((piece) => ({ start: piece.start - start, end: piece.end - start, text: piece.text }));
  const source = spliceText(layout.text.slice(start, end), moved).replace(/^(\S+)[^\n]*/u, "$1");
  return readScalar(source, place)?.text === text;
}

/** Splices that give a block scalar a new text in its style and indentation; undefined where it cannot hold it. */
export function blockSplices(
  layout: Layout,
  scalar: ScalarRecord,
  shape: BlockShape,
  text: string,
  place: Place,
): Piece[] | undefined {
  const first = shape.lines[0];
  if (first === undefined || text.trim() === "") return undefined;
  const last = shape.lines.at(-1) ?? first;
  const body = text.replace(/\n+$/u, "");
  const breaks = text.length - body.length;
  const fits = shape.chomp === "keep" ? breaks > 0 : shape.chomp === "clip" ? breaks === 1 : breaks === 0;
  const chomp = breaks === 0 ? "-" : "";
  const header = layout.text.slice(shape.header.start, shape.header.end);
  const lines = [...foldable(body, scalar), ...Array.from({ length: Math.max(0, breaks - 1) }, () => "")];
  const lineBreak = layout.breakAt(layout.lines.lineAt(first.start));
  const indent = " ".repeat(shape.indent);
  const rendered = lines.map((line) => (line === "" ? "" : indent + line)).join(lineBreak);
  const pieces: Piece[] = [{ start: first.start, end: last.end, text: rendered }];
  if (!fits) pieces.unshift({ ...shape.header, text: header.replaceAll(/[+-]/gu, "") + chomp });
  return readsAs(layout, shape, pieces, text, place) ? pieces : undefined;
}

function foldable(body: string, scalar: ScalarRecord): string[] {
  return (scalar.style === "folded" ? body.replaceAll("\n", "\n\n") : body).split("\n");
}
