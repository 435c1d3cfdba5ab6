import { CharMap } from "./char-map.ts";

/** Where the parts of a block scalar lie. */
export interface BlockShape {
  readonly style: "literal" | "folded";
  readonly chomp: "clip" | "strip" | "keep";
  /** The digit of the header, or 0. */
  readonly digit: number;
  /** Columns that are not part of the text. */
  readonly indent: number;
  readonly header: { readonly start: number; readonly end: number };
  readonly lines: readonly BlockLine[];
  /** Index of the first of the trailing blank lines. */
  readonly chompStart: number;
}

export interface BlockLine {
  readonly start: number;
  /** Of the line break, or of the scalar. */
  readonly end: number;
  /** Behind the line break. */
  readonly next: number;
  /** Leading spaces. */
  readonly spaces: number;
  readonly empty: boolean;
}

function splitLines(source: string, start: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  for (let at = start; at < end;) {
    const feed = source.indexOf("\n", at);
    const next = feed === -1 || feed >= end ? end : feed + 1;
    let stop = next > at && source[next - 1] === "\n" ? next - 1 : next;
    if (stop < next && stop > at && source[stop - 1] === "\r") stop -= 1;
    let spaces = 0;
    while (at + spaces < stop && source[at + spaces] === " ") spaces += 1;
    lines.push({ start: at, end: stop, next, spaces, empty: at + spaces === stop });
    at = next;
  }
  return lines;
}

/** Reads the shape of a block scalar: `header` is its indicator (`|2-`), the text lies at `bodyStart` to `end`, `parentIndent` is what the digit adds to. */
export function blockShape(
  source: string,
  header: { start: number; end: number },
  bodyStart: number,
  end: number,
  parentIndent: number,
): BlockShape {
  const sign = source.slice(header.start, header.end);
  const lines = splitLines(source, bodyStart, end);
  const digit = Number(/[1-9]/u.exec(sign)?.[0] ?? 0);
  let chompStart = lines.length;
  while (chompStart > 0 && lines[chompStart - 1]?.empty === true) chompStart -= 1;
  const first = lines.slice(0, chompStart).find((line) => !line.empty);
  const indent = digit > 0 ? parentIndent + digit : (first?.spaces ?? parentIndent);
  // Blanks beyond the indentation are text. Where the header does not say how deep it is, a text without a letter has none.
  if (chompStart > 0 || digit > 0) {
    for (let index = lines.length - 1; index >= chompStart; index -= 1) {
      if ((lines[index]?.spaces ?? 0) > indent) chompStart = index + 1;
    }
  }
  const chomp = sign.includes("-") ? "strip" : sign.includes("+") ? "keep" : "clip";
  return { style: sign.startsWith(">") ? "folded" : "literal", chomp, digit, indent, header, lines, chompStart };
}

function contentStart(line: BlockLine, indent: number): number {
  return line.start + Math.min(line.spaces, indent);
}

function decodeLiteral(map: CharMap, source: string, shape: BlockShape, first: number): void {
  for (let index = first; index < shape.chompStart; index += 1) {
    const line = shape.lines[index];
    if (line === undefined) return;
    const from = contentStart(line, shape.indent);
    const previous = shape.lines[index - 1];
    if (index > first && previous !== undefined) map.add("\n", previous.end, from);
    map.addVerbatim(source, from, line.end);
  }
}

function isIndented(source: string, line: BlockLine, indent: number): boolean {
  return line.spaces > indent || source[line.start + line.spaces] === "\t";
}

/** True where the first line with text from an index on is indented deeper than the others: the break before it stays. */
function leadsToIndented(source: string, { lines, indent, chompStart }: BlockShape, from: number): boolean {
  let index = from;
  let line = lines[index];
  while (index < chompStart && line?.empty === true && !isIndented(source, line, indent)) line = lines[(index += 1)];
  return index < chompStart && line !== undefined && isIndented(source, line, indent);
}

function decodeFolded(map: CharMap, source: string, shape: BlockShape, first: number): void {
  /** What stands between the line before and this one, and where it begins. */
  let text = "";
  let start = 0;
  for (let index = first; index < shape.chompStart; index += 1) {
    const line = shape.lines[index];
    if (line === undefined) return;
    const from = contentStart(line, shape.indent);
    const indented = isIndented(source, line, shape.indent);
    if (!indented && line.empty) {
      if (text === "\n") {
        map.add("\n", start, line.start);
        start = line.start;
      } else text = "\n";
      continue;
    }
    map.add(text, start, from);
    map.addVerbatim(source, from, line.end);
    text = indented || leadsToIndented(source, shape, index + 1) ? "\n" : " ";
    start = line.end;
  }
}

function decodeTail(map: CharMap, source: string, shape: BlockShape): void {
  const lastContent = shape.lines[shape.chompStart - 1];
  if (shape.chomp === "strip" || lastContent === undefined) return;
  if (shape.chomp === "clip") {
    map.add("\n", lastContent.end, lastContent.next);
    return;
  }
  let previous = lastContent;
  for (const line of shape.lines.slice(shape.chompStart)) {
    const from = contentStart(line, shape.indent);
    map.add("\n", previous.end, from);
    map.addVerbatim(source, from, line.end);
    previous = line;
  }
  map.add("\n", previous.end, previous.next);
}

/** Reads the text of a block scalar. */
export function decodeBlockScalar(source: string, shape: BlockShape): CharMap {
  const map = new CharMap(shape.lines[0]?.start ?? shape.header.end);
  if (shape.chompStart === 0) {
    if (shape.chomp === "keep") for (const line of shape.lines) map.add("\n", line.end, line.next);
    return map;
  }
  let first = 0;
  for (let line = shape.lines[0]; line?.empty === true && line.spaces <= shape.indent; line = shape.lines[first]) {
    map.add("\n", contentStart(line, shape.indent), line.next);
    first += 1;
  }
  if (shape.style === "literal") decodeLiteral(map, source, shape, first);
  else decodeFolded(map, source, shape, first);
  decodeTail(map, source, shape);
  return map;
}
