import type { NewValue } from "../types.ts";
import { fitsInBlock, scalarSource } from "./scalar-source.ts";
import { type Place, readScalar } from "./trial.ts";

/** How new lines are written in a file. */
export interface Style {
  readonly step: number;
  /** True where lists stand at the column of their key. */
  readonly flatLists: boolean;
  readonly lineBreak: string;
}

type NewMap = { readonly [key: string]: NewValue };

function isList(value: NewValue): value is readonly NewValue[] {
  return Array.isArray(value);
}

function isMap(value: NewValue): value is NewMap {
  return typeof value === "object" && value !== null && !isList(value);
}

function keySource(key: string, column: number, flow: boolean): string {
  return scalarSource(key, { role: flow ? "flow-key" : "key", column });
}

/** A string of several lines as a literal scalar; undefined where that would not be read back as it is. */
function literalSource(text: string, column: number, style: Style): string | undefined {
  if (!/\n[^\n]/u.test(text) || !fitsInBlock(text)) return undefined;
  const indent = " ".repeat(column + style.step);
  const lines = text.replace(/\n$/u, "").split("\n");
  const body = lines.map((line) => (line === "" ? "" : indent + line)).join(style.lineBreak);
  const source = `|${text.endsWith("\n") ? "" : "-"}${style.lineBreak}${body}`;
  return readScalar(source, { role: "value", column })?.text === text ? source : undefined;
}

function blockScalar(value: NewValue, column: number, style: Style): string {
  if (typeof value === "string") {
    const literal = literalSource(value, column, style);
    if (literal !== undefined) return literal;
  }
  return flowSource(value, { role: "value", column });
}

/** A value on one line: a scalar, or a flow collection. */
export function flowSource(value: NewValue, place: Place): string {
  const inner: Place = { role: "flow-value", column: place.column };
  if (isList(value)) return `[${value.map((item) => flowSource(item, inner)).join(", ")}]`;
  if (!isMap(value)) return scalarSource(value, place);
  const entries = Object.entries(value).map(
    ([key, item]) => `${keySource(key, place.column, true)}: ${flowSource(item, inner)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

export function flowEntry(key: string, value: NewValue, column: number): string {
  return `${keySource(key, column, true)}: ${flowSource(value, { role: "flow-value", column })}`;
}

function isEmpty(value: NewValue): boolean {
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** The source of a map entry in block style; continuation lines are indented, the first is not. */
export function entrySource(key: string, value: NewValue, column: number, style: Style): string {
  const head = `${keySource(key, column, false)}:`;
  if (isEmpty(value) || (!isList(value) && !isMap(value))) return `${head} ${blockScalar(value, column, style)}`;
  const inner = isList(value) && style.flatLists ? column : column + style.step;
  return `${head}${style.lineBreak}${" ".repeat(inner)}${collectionSource(value, inner, style)}`;
}

function collectionSource(value: NewValue, column: number, style: Style): string {
  const separator = style.lineBreak + " ".repeat(column);
  if (isList(value)) return value.map((item) => itemSource(item, column, " ", style)).join(separator);
  const entries = isMap(value) ? Object.entries(value) : [];
  return entries.map(([key, item]) => entrySource(key, item, column, style)).join(separator);
}

/** The source of a list item in block style, from its dash on; `gap` stands behind the dash. */
export function itemSource(value: NewValue, column: number, gap: string, style: Style): string {
  if (isEmpty(value) || (!isList(value) && !isMap(value))) return `-${gap}${blockScalar(value, column, style)}`;
  return `-${gap}${collectionSource(value, column + 1 + gap.length, style)}`;
}
