import { formatNumber, parseNumber } from "./numbers.ts";
import type { BinaryOperator, Value } from "./types.ts";

export type Comparison = Exclude<BinaryOperator, "&&" | "||">;
export type Primitive = null | boolean | number | string;

/** False are null, false, 0, NaN and the empty string. */
export function isTruthy(value: Value): boolean {
  return !(
    value === null ||
    value === false ||
    value === 0 ||
    value === "" ||
    (typeof value === "number" && Number.isNaN(value))
  );
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
  const [a, b] = coerce(left, right);
  return typeof a === "string" && typeof b === "string" ? foldCase(a) === foldCase(b) : a === b;
}

function isBelow(left: Value, right: Value): boolean {
  const [a, b] = coerce(left, right);
  if (typeof a === "string" && typeof b === "string") return foldCase(a) < foldCase(b);
  if (typeof a === "boolean" && typeof b === "boolean") return !a && b;
  return typeof a === "number" && typeof b === "number" && a < b;
}

function coerce(left: Value, right: Value): readonly [Value, Value] {
  if (typeof left === typeof right && left !== null && right !== null) return [left, right];
  return [coerceOne(left, right), coerceOne(right, left)];
}

/** An object stays what it is, so that it equals nothing of another type. */
function coerceOne(value: Value, other: Value): Value {
  if (!isPrimitive(value)) return value;
  // A string is only ever compared as a number with something that is a number by then.
  return typeof value === "string" && !isPrimitive(other) ? value : toNumber(value);
}

/** Upper case for comparing without regard to case, character by character: a dotless ı and ß stay what they are. */
export function foldCase(text: string): string {
  let folded = "";
  for (const character of text) {
    const upper = character === "ı" ? character : character.toUpperCase();
    folded += upper.length === character.length ? upper : character;
  }
  return folded;
}
