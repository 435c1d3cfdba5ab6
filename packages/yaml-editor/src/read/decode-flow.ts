import { CharMap } from "./char-map.ts";

const BLANK = /[ \t]/u;

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  "\t": "\t",
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function breakLength(source: string, at: number): number {
  if (source[at] === "\n") return 1;
  return source[at] === "\r" && source[at + 1] === "\n" ? 2 : 0;
}

function skipBlanks(source: string, at: number, end: number): number {
  let next = at;
  while (next < end && BLANK.test(source[next] ?? "")) next += 1;
  return next;
}

/** Reads one fold (line breaks with the blanks around them) that begins at `at`; returns where the text goes on, or `at` if there is no fold. */
function fold(map: CharMap, source: string, at: number, end: number): number {
  const marks = [at];
  let next = skipBlanks(source, at, end);
  while (next < end && breakLength(source, next) > 0) {
    next = skipBlanks(source, next + breakLength(source, next), end);
    marks.push(next);
  }
  const breaks = marks.length - 1;
  if (breaks === 0) return at;
  if (breaks === 1) map.add(" ", at, next);
  for (let index = 2; index <= breaks; index += 1)
    map.add("\n", (index === 2 ? marks[0] : marks[index - 1]) ?? at, marks[index] ?? next);
  return next;
}

function escape(map: CharMap, source: string, at: number, end: number): number {
  const sign = source[at + 1] ?? "";
  const lineBreak = breakLength(source, at + 1);
  if (lineBreak > 0) return skipBlanks(source, at + 1 + lineBreak, end);
  const hex = HEX_LENGTH[sign];
  if (hex === undefined) {
    map.add(ESCAPES[sign] ?? sign, at, at + 2);
    return at + 2;
  }
  const next = at + 2 + hex;
  const code = Number.parseInt(source.slice(at + 2, next), 16);
  map.add(code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd", at, next);
  return next;
}

/** Reads a plain or quoted scalar that lies at `start` to `end` of the source, quotes included. */
export function decodeFlowScalar(
  source: string,
  start: number,
  end: number,
  style: "plain" | "single" | "double",
): CharMap {
  const quote = style === "plain" ? 0 : 1;
  const last = end - quote;
  const map = new CharMap(start + quote);
  let at = start + quote;
  while (at < last) {
    const next = fold(map, source, at, last);
    if (next > at) at = next;
    else if (style === "double" && source[at] === "\\") at = escape(map, source, at, last);
    else if (style === "single" && source[at] === "'") {
      map.add("'", at, at + 2);
      at += 2;
    } else {
      const stop = BLANK.test(source[at] ?? "") ? skipBlanks(source, at, last) : at + 1;
      map.addVerbatim(source, at, stop);
      at = stop;
    }
  }
  return map;
}
