import { suggest } from "@ci-fix/codemod";
import type { YamlEntry, YamlFile, YamlItem, YamlMap, YamlNode, YamlScalar, YamlSequence } from "@ci-fix/yaml-editor";
import { NOT_BLANK } from "./patterns.ts";
import { quoted } from "./quoted.ts";
import type { RegisterProblem } from "./types.ts";

/** A file while it is read: everything wrong is noted, and reading goes on. */
export interface Reading {
  readonly file: YamlFile;
  readonly problems: RegisterProblem[];
}

/** The entries of one map by key, with what the map is called in messages. */
export interface Fields {
  readonly what: string;
  readonly offset: number;
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface Shape {
  readonly matches: (text: string) => boolean;
  /** Ends the sentence "`id` must be …". */
  readonly wanted: string;
}

export const ANY_TEXT: Shape = { matches: (text) => NOT_BLANK.test(text), wanted: "text, and not empty" };

export function note(reading: Reading, offset: number, message: string): void {
  reading.problems.push({ message, line: reading.file.lineColumn(offset).line });
}

/** The node itself, or what an alias stands for. */
export function resolved(node: YamlNode | undefined): YamlScalar | YamlMap | YamlSequence | undefined {
  let current = node;
  for (let hops = 0; current?.kind === "alias" && hops < 10; hops++) current = current.target;
  return current?.kind === "alias" ? undefined : current;
}

/** Reads a map whose keys are all known; unknown and repeated keys are problems. Without `known`, any key is. */
export function readFields(
  reading: Reading,
  node: YamlNode | undefined,
  what: string,
  known: readonly string[] | undefined,
  offset: number,
): Fields | undefined {
  const map = resolved(node);
  if (map?.kind !== "map") {
    note(reading, node?.span.start ?? offset, `${what} must be a map of keys and values`);
    return undefined;
  }
  const entries = new Map<string, YamlEntry>();
  for (const entry of map.entries) {
    if (entries.has(entry.key)) note(reading, entry.keySpan.start, `${what} has the key ${quoted(entry.key)} twice`);
    else if (known?.includes(entry.key) === false)
      note(reading, entry.keySpan.start, unknownKey(what, entry.key, known));
    entries.set(entry.key, entry);
  }
  return { what, offset: map.span.start, entries };
}

function unknownKey(what: string, key: string, known: readonly string[]): string {
  const meant = suggest(key, known);
  return meant === undefined
    ? `${what} has an unknown key ${quoted(key)}; known are ${known.join(", ")}`
    : `${what} has an unknown key ${quoted(key)}; did you mean ${quoted(meant)}?`;
}

/** A key's text if it is there and has the shape; a problem if it is there without it. */
export function readText(reading: Reading, fields: Fields, key: string, shape: Shape = ANY_TEXT): string | undefined {
  const entry = fields.entries.get(key);
  if (entry === undefined) return undefined;
  return textOf(reading, entry.value, `${quoted(key)} of ${fields.what}`, shape, entry.keySpan.start);
}

/** As `readText`, for a closed set of words. */
export function readWord<Word extends string>(
  reading: Reading,
  fields: Fields,
  key: string,
  words: readonly Word[],
): Word | undefined {
  const text = readText(reading, fields, key);
  const word = words.find((candidate) => candidate === text);
  const entry = fields.entries.get(key);
  if (text === undefined || word !== undefined || entry === undefined) return word;
  const meant = suggest(text, words);
  const hint = meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
  const offset = entry.value?.span.start ?? entry.keySpan.start;
  note(
    reading,
    offset,
    `${quoted(key)} of ${fields.what} is ${quoted(text)}, and must be one of ${words.join(", ")}${hint}`,
  );
  return undefined;
}

/** A list of texts; absent means empty. */
export function readTexts(reading: Reading, fields: Fields, key: string): readonly string[] {
  const what = `each item of ${quoted(key)} of ${fields.what}`;
  return readItems(reading, fields, key).flatMap(
    (item) => textOf(reading, item.value, what, ANY_TEXT, item.span.start) ?? [],
  );
}

/** True where nothing is written behind a key, as when all that stands below it is commented out. */
export function isEmpty(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** The items of a list; absent means empty. */
export function readItems(reading: Reading, fields: Fields, key: string): readonly YamlItem[] {
  const entry = fields.entries.get(key);
  if (entry === undefined) return [];
  const list = resolved(entry.value);
  if (list?.kind === "sequence") return list.items;
  if (isEmpty(list)) return [];
  note(reading, entry.keySpan.start, `${quoted(key)} of ${fields.what} must be a list: one "- " line for each`);
  return [];
}

/** A key's whole number, 0 or more, if it is there; a problem if it is there and none. */
export function readNumber(reading: Reading, fields: Fields, key: string): number | undefined {
  const entry = fields.entries.get(key);
  if (entry === undefined) return undefined;
  const scalar = resolved(entry.value);
  const value = scalar?.kind === "scalar" ? scalar.value : undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  note(
    reading,
    entry.value?.span.start ?? entry.keySpan.start,
    `${quoted(key)} of ${fields.what} must be a whole number, 0 or more`,
  );
  return undefined;
}

function textOf(
  reading: Reading,
  node: YamlNode | undefined,
  what: string,
  shape: Shape,
  offset: number,
): string | undefined {
  const scalar = resolved(node);
  const wrong = whyNotText(scalar, shape);
  if (wrong === undefined && scalar?.kind === "scalar") return scalar.text;
  note(reading, node?.span.start ?? offset, `${what} ${wrong ?? ""}`);
  return undefined;
}

function whyNotText(node: ReturnType<typeof resolved>, shape: Shape): string | undefined {
  if (node?.kind !== "scalar" || node.value === null) return `must be ${shape.wanted}`;
  if (typeof node.value !== "string")
    return `is read as a ${typeof node.value}, and must be text: put ${node.text} in quotes`;
  return shape.matches(node.value) ? undefined : `is ${quoted(node.value)}, and must be ${shape.wanted}`;
}
