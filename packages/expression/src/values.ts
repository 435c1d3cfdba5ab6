import { formatNumber, parseNumber } from "./numbers.ts";
import type { BinaryOperator, Value } from "./types.ts";

export type Comparison = Exclude<BinaryOperator, "&&" | "||">;
export type Primitive = null | boolean | number | string;

/** False are null, false, 0, NaN and the empty string. */
export function isTruthy(value: Value): boolean {
  return !(value === null || value === false || value === 0 || value === "" || Number.isNaN(value));
}

export function isPrimitive(value: Value): value is Primitive {
  return value === null || typeof value !== "object";
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text of a value in a string; `Object` and `Array` for what has none. */
export function toText(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "object") return isArray(value) ? "Array" : "Object";
  return String(value);
}

/** An object is no number, so that it equals nothing of another type. */
export function toNumber(value: Value): number {
  if (value === null) return 0;
  if (typeof value === "object") return Number.NaN;
  return typeof value === "string" ? parseNumber(value) : Number(value);
}

/**
 * Compares as the runner does: strings without regard to case, values of different types as numbers, objects by identity.
 * What cannot be ordered is neither less nor greater.
 */
export function compare(operator: Comparison, left: Value, right: Value): boolean {
  switch (operator) {
    case "==":
      return equals(left, right);
    case "!=":
      return !equals(left, right);
    case "<":
      return isBelow(left, right);
    case ">":
      return isBelow(right, left);
    case "<=":
      return equals(left, right) || isBelow(left, right);
    case ">=":
      return equals(left, right) || isBelow(right, left);
  }
}

export function equals(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return foldCase(left) === foldCase(right);
  return isPrimitive(left) ? toNumber(left) === toNumber(right) : left === right;
}

function isBelow(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return foldCase(left) < foldCase(right);
  return toNumber(left) < toNumber(right);
}

/**
 * Upper case for comparing without regard to case, character by character, as .NET does: ß stays what it is, and so do a
 * dotless ı and a long ſ, which are the only ones that would become ASCII.
 */
export function foldCase(text: string): string {
  let folded = "";
  for (const character of text) {
    const upper = "ıſ".includes(character) ? character : character.toUpperCase();
    folded += upper.length === character.length ? upper : character;
  }
  return folded;
}
