import { parseNumber } from "./numbers.ts";
import type { Span } from "./types.ts";

export type Punctuation =
  | "("
  | ")"
  | "["
  | "]"
  | ","
  | "."
  | "*"
  | "!"
  | "!="
  | "=="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&"
  | "||";

/** One token. Spans are UTF-16 offsets into the text that was given, moved by `offset`. */
export type Token =
  | { readonly kind: "punctuation"; readonly span: Span; readonly text: Punctuation }
  | { readonly kind: "number"; readonly span: Span; readonly value: number }
  | { readonly kind: "string"; readonly span: Span; readonly value: string }
  | { readonly kind: "name"; readonly span: Span; readonly text: string }
  /** Something that the language does not have. */
  | { readonly kind: "unexpected"; readonly span: Span; readonly text: string };

const TWO = ["!=", "==", "<=", ">=", "&&", "||"] as const;
const ONE = ["(", ")", "[", "]", ",", ".", "*", "!", "<", ">"] as const;
const BOUNDARY = /[\s()[\],.!<>=&|]/;
const NAME = /^[a-zA-Z_][a-zA-Z0-9_-]*$/;
const BLANK = /\s/;

/**
 * Splits an expression into tokens. Line breaks are blanks outside of strings and text inside of them, so offsets hold
 * whatever stands in a string.
 */
export function tokenize(text: string, offset = 0): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (BLANK.test(text.charAt(at))) at++;
    if (at >= text.length) return tokens;
    const token = readToken(text, at, offset, tokens.at(-1));
    tokens.push(token);
    at = token.span.end - offset;
  }
}

function readToken(text: string, at: number, offset: number, last: Token | undefined): Token {
  const first = text.charAt(at);
  if (first === "'") return readString(text, at, offset);
  if (/[-+0-9]/.test(first) || (first === "." && !canBeDereferenced(last))) return readNumber(text, at, offset);
  const operator = TWO.find((two) => text.startsWith(two, at)) ?? ONE.find((one) => one === first);
  if (operator !== undefined)
    return { kind: "punctuation", span: span(at, at + operator.length, offset), text: operator };
  return readName(text, at, offset);
}

/** A dot after a value dereferences it; anywhere else it starts a number such as `.5`. */
function canBeDereferenced(last: Token | undefined): boolean {
  return (
    last?.kind === "name" ||
    (last?.kind === "punctuation" && (last.text === ")" || last.text === "]" || last.text === "*"))
  );
}

function readString(text: string, at: number, offset: number): Token {
  let end = at + 1;
  for (;;) {
    const quote = text.indexOf("'", end);
    if (quote === -1) return { kind: "unexpected", span: span(at, text.length, offset), text: text.slice(at) };
    end = quote + 1;
    if (text.charAt(end) !== "'") break;
    end++;
  }
  return { kind: "string", span: span(at, end, offset), value: text.slice(at + 1, end - 1).replaceAll("''", "'") };
}

function readNumber(text: string, at: number, offset: number): Token {
  let end = at + 1;
  while (end < text.length && (text.charAt(end) === "." || !BOUNDARY.test(text.charAt(end)))) end++;
  const word = text.slice(at, end);
  const value = parseNumber(word);
  if (Number.isNaN(value)) return { kind: "unexpected", span: span(at, end, offset), text: word };
  return { kind: "number", span: span(at, end, offset), value };
}

function readName(text: string, at: number, offset: number): Token {
  let end = at + 1;
  while (end < text.length && !BOUNDARY.test(text.charAt(end))) end++;
  const word = text.slice(at, end);
  return { kind: NAME.test(word) ? "name" : "unexpected", span: span(at, end, offset), text: word };
}

function span(start: number, end: number, offset: number): Span {
  return { start: start + offset, end: end + offset };
}
