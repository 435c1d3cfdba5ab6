import type { ScalarValue } from "../types.ts";
import { type Place, readScalar } from "./trial.ts";

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\u0007": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\u001b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
};

// Control characters, halves of surrogate pairs, line and paragraph separators, the byte order mark.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;
const NEEDS_ESCAPE = new RegExp(`["\\\\]|${UNPRINTABLE.source}`, "gu");

/** Whether a block scalar can hold the text: nothing in it but lines and tabs needs an escape. */
export function fitsInBlock(text: string): boolean {
  return !UNPRINTABLE.test(text.replaceAll(/[\t\n]/gu, ""));
}

/** Plain words that a YAML 1.1 reader takes for booleans, dates, base-60 numbers or numbers with underscores. */
const OLD_WORD =
  /^(?:y|n|yes|no|on|off|=|\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|[-+]?(?:0b[01_]+|0x[\da-f_]+|[\d.][\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?))$/iu;

/** True where a plain scalar would be text for a YAML 1.2 reader and something else for a 1.1 reader. */
export function readsOtherwise(text: string): boolean {
  return OLD_WORD.test(text);
}

function escaped(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
}

/** Text as it stands between double quotes. */
export function doubleQuotedBody(text: string): string {
  return text.replace(NEEDS_ESCAPE, escaped);
}

export function doubleQuoted(text: string): string {
  return `"${doubleQuotedBody(text)}"`;
}

/** Text as it stands between single quotes; undefined where a single-quoted scalar on one line cannot hold it. */
export function singleQuotedBody(text: string): string | undefined {
  return UNPRINTABLE.test(text) ? undefined : text.replaceAll("'", "''");
}

export function singleQuoted(text: string): string | undefined {
  const body = singleQuotedBody(text);
  return body === undefined ? undefined : `'${body}'`;
}

/** One word that every YAML reader takes for text, wherever it stands, so that no trial has to tell. */
const PLAIN_WORD = /^[A-Za-z][\w-]*$/u;
const CORE_WORD = /^(?:true|false|null|y|n|yes|no|on|off)$/iu;

function plainNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/** A plain scalar that is read as the value in its place; undefined where quotes are needed. */
export function plainSource(value: ScalarValue, place: Place): string | undefined {
  if (typeof value !== "string") return typeof value === "number" ? plainNumber(value) : String(value);
  const isKey = place.role === "key" || place.role === "flow-key";
  // Plain, it would not be a key but merge another map.
  if (isKey && value === "<<") return undefined;
  if (UNPRINTABLE.test(value) || (!isKey && readsOtherwise(value))) return undefined;
  if (PLAIN_WORD.test(value) && !CORE_WORD.test(value)) return value;
  const read = readScalar(value, place);
  return read?.style === "plain" && read.value === value ? value : undefined;
}

/** A scalar on one line, with quotes only where they are needed. */
export function scalarSource(value: ScalarValue, place: Place): string {
  const plain = plainSource(value, place);
  if (plain !== undefined) return plain;
  const text = String(value);
  return singleQuoted(text) ?? doubleQuoted(text);
}
