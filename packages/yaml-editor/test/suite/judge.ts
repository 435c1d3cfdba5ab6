import { DEFAULT_SCHEMA, loadAll, Type } from "js-yaml";
import { Lexer, parseAllDocuments } from "yaml";
import type { NewValue, YamlEntry, YamlFile, YamlItem, YamlNode } from "../../src/index.ts";

/** One step to a place in plain data: by index where the data keeps the order of a map (`Map`), by key where it does not. */
export interface Step {
  readonly index: number;
  readonly key: string;
  /** Children of the collection that the step leads into. */
  readonly width: number;
}

/** An entry or item, with its way through plain data and the nodes around it. */
export interface Site {
  readonly child: YamlEntry | YamlItem;
  readonly document: number;
  readonly steps: readonly Step[];
  readonly siblings: readonly (YamlEntry | YamlItem)[];
}

/** Reads a text as plain data, one value for each document; undefined where it cannot. */
export type Judge = (text: string) => unknown[] | undefined;

/** Tags of applications stand for what they stand before. */
const schema = DEFAULT_SCHEMA.extend(
  (["scalar", "sequence", "mapping"] as const).map(
    (kind) => new Type("!", { kind, multi: true, construct: (data: unknown) => data }),
  ),
);

/** Another parser altogether. */
export const jsYaml: Judge = (text) => {
  try {
    return loadAll(text.replace(/^\uFEFF/u, ""), undefined, { json: true, schema });
  } catch {
    return undefined;
  }
};

/** The data of `yaml`, maps in their order with keys of every kind; merge keys stay keys. */
export const orderedYaml: Judge = (text) => {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent" });
  if (!Array.isArray(documents)) return [];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  try {
    return documents.map((document) => document.toJS({ mapAsMap: true, maxAliasCount: -1 }) as unknown);
  } catch {
    // An alias of nothing.
    return undefined;
  }
};

/** What the lexer says of the piece that comes next: the text of a scalar. */
const SCALAR = "\u001f";

/** The text of every comment, without the parser and composer that the editor needs. */
export function commentTexts(text: string): string[] {
  const found: string[] = [];
  let isScalar = false;
  for (const piece of new Lexer().lex(text)) {
    if (!isScalar && piece.startsWith("#")) found.push(piece.slice(1));
    isScalar = piece === SCALAR;
  }
  return found;
}

/** Every entry and item of a file with its place. */
export function* sitesOf(file: YamlFile): Generator<Site> {
  for (const [document, root] of file.documents.entries()) yield* sitesIn(root, document, []);
}

function* sitesIn(node: YamlNode | undefined, document: number, steps: readonly Step[]): Generator<Site> {
  if (node?.kind !== "map" && node?.kind !== "sequence") return;
  const siblings = node.kind === "map" ? node.entries : node.items;
  for (const [index, child] of siblings.entries()) {
    const key = child.kind === "entry" ? child.key : String(index);
    const way = [...steps, { index, key, width: siblings.length }];
    yield { child, document, steps: way, siblings };
    yield* sitesIn(child.value, document, way);
  }
}

type Container = Map<unknown, unknown> | unknown[] | Record<string, unknown>;

function isContainer(data: unknown): data is Container {
  return typeof data === "object" && data !== null && !(data instanceof Date) && !ArrayBuffer.isView(data);
}

/** The pairs of a container, or undefined where the data does not show the children that the file has. */
function pairsOf(data: unknown, step: Step): [unknown, unknown][] | undefined {
  if (!isContainer(data)) return undefined;
  if (Array.isArray(data)) return data.length === step.width ? data.map((value, index) => [index, value]) : undefined;
  const pairs: [unknown, unknown][] = data instanceof Map ? [...data] : Object.entries(data);
  return pairs.length === step.width ? pairs : undefined;
}

function place(data: unknown, step: Step): number {
  const pairs = pairsOf(data, step);
  if (pairs === undefined) return -1;
  if (Array.isArray(data) || data instanceof Map) return step.index;
  return pairs.findIndex(([key]) => key === step.key);
}

function rebuilt(data: unknown, pairs: readonly (readonly [unknown, unknown])[]): unknown {
  if (Array.isArray(data)) return pairs.map(([, value]) => value);
  return data instanceof Map ? new Map(pairs) : Object.fromEntries(pairs);
}

/** What becomes of the pairs of the innermost collection; undefined takes the whole collection away. */
type Change = (pairs: readonly (readonly [unknown, unknown])[], at: number) => (readonly [unknown, unknown])[];

/** Thrown where plain data does not show a place of the file: repeated, merged or complex keys. */
export class Unjudged extends Error {}

const GONE = Symbol("gone");

function changed(data: unknown, steps: readonly Step[], change: Change): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) throw new Unjudged("no step");
  const at = place(data, step);
  const pairs = pairsOf(data, step);
  const pair = pairs?.[at];
  if (pairs === undefined || pair === undefined) throw new Unjudged(`no ${step.key}`);
  if (rest.length === 0) {
    const left = change(pairs, at);
    return left.length === 0 ? GONE : rebuilt(data, left);
  }
  const inner = changed(pair[1], rest, change);
  const left = inner === GONE ? pairs.toSpliced(at, 1) : pairs.with(at, [pair[0], inner]);
  return left.length === 0 ? GONE : rebuilt(data, left);
}

function inDocument(data: readonly unknown[], site: Site, change: Change): unknown[] | undefined {
  const result = changed(data[site.document], site.steps, change);
  return result === GONE ? undefined : data.with(site.document, result);
}

/** The data without an entry or item, and without the parents that it leaves empty; undefined where nothing is left. */
export function without(data: readonly unknown[], site: Site): unknown[] | undefined {
  return inDocument(data, site, (pairs, at) => pairs.toSpliced(at, 1));
}

export function withValue(data: readonly unknown[], site: Site, value: unknown): unknown[] | undefined {
  return inDocument(data, site, (pairs, at) => pairs.with(at, [pairs[at]?.[0], value]));
}

/** The data with a new child behind an entry or item. */
export function withNext(data: readonly unknown[], site: Site, key: string, value: unknown): unknown[] | undefined {
  return inDocument(data, site, (pairs, at) => pairs.toSpliced(at + 1, 0, [key, value]));
}

/** What stands at a place, as a value that an insertion can write; undefined where it cannot. */
export function writableAt(data: readonly unknown[], site: Site): { value: NewValue } | undefined {
  let at = data[site.document];
  let key: unknown;
  for (const step of site.steps) {
    const pair = pairsOf(at, step)?.[place(at, step)];
    if (pair === undefined) throw new Unjudged(`no ${step.key}`);
    [key, at] = pair;
  }
  if (site.child.kind === "entry" && key !== site.child.key) return undefined;
  try {
    return { value: writable(at) };
  } catch {
    return undefined;
  }
}

function writable(data: unknown): NewValue {
  if (data === null || typeof data === "string" || typeof data === "number" || typeof data === "boolean") return data;
  if (!isContainer(data)) throw new TypeError("no value of the editor");
  if (Array.isArray(data)) return data.map(writable);
  const pairs: [unknown, unknown][] = data instanceof Map ? [...data] : Object.entries(data);
  const map: Record<string, NewValue> = {};
  for (const [key, value] of pairs) {
    if (typeof key !== "string" || /^\d+$/u.test(key)) throw new TypeError("a key that plain objects move");
    map[key] = writable(value);
  }
  return map;
}

function sameList(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.length === second.length && first.every((item, index) => sameData(item, second[index]));
}

/** The values of a plain object by its keys, in their order; that of keys which look like indexes says nothing. */
function pairsByName(data: object): [string, unknown][] {
  const pairs = Object.entries(data);
  return pairs.some(([key]) => /^\d+$/u.test(key))
    ? pairs.toSorted(([first], [second]) => (first < second ? -1 : 1))
    : pairs;
}

/** True for the same data: order of keys, kinds of scalars and all. */
export function sameData(first: unknown, second: unknown): boolean {
  if (typeof first !== "object" || first === null || typeof second !== "object" || second === null)
    return Object.is(first, second);
  if (Object.getPrototypeOf(first) !== Object.getPrototypeOf(second)) return false;
  if (first instanceof Date && second instanceof Date) return Object.is(first.getTime(), second.getTime());
  if (Array.isArray(first) && Array.isArray(second)) return sameList(first, second);
  if (first instanceof Map && second instanceof Map) return sameList([...first].flat(1), [...second].flat(1));
  return sameList(pairsByName(first).flat(1), pairsByName(second).flat(1));
}

/** One text for each value: order of keys, kinds of scalars and all. */
export function shown(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (value instanceof Map) return { map: [...value] };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) return `number ${value}`;
    if (typeof value === "bigint") return `integer ${value}`;
    if (value === undefined) return "nothing";
    // Plain objects move keys that look like indexes: their order says nothing.
    const moved = isContainer(value) && !Array.isArray(value) && Object.keys(value).some((key) => /^\d+$/u.test(key));
    return moved ? Object.entries(value).toSorted(([first], [second]) => (first < second ? -1 : 1)) : value;
  });
}
