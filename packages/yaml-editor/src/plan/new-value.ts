import { DEEPEST } from "../read/tokenize.ts";
import type { NewValue } from "../types.ts";
import { Refused } from "./refusal.ts";

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Refuses what is no scalar: callers in JavaScript are not stopped by a type. */
export function checkScalar(value: unknown): void {
  if (!isScalar(value)) throw new Refused("cannot-represent", `${typeof value} is no kind of YAML scalar`);
}

/** Refuses what YAML has no form for, and data that never ends. */
export function checkNewValue(value: unknown, depth = 0): asserts value is NewValue {
  if (isScalar(value)) return;
  if (depth >= DEEPEST) throw new Refused("cannot-represent", `the value nests more than ${DEEPEST} levels deep`);
  if (Array.isArray(value)) for (const item of value as readonly unknown[]) checkNewValue(item, depth + 1);
  else if (isPlainObject(value)) for (const item of Object.values(value)) checkNewValue(item, depth + 1);
  else throw new Refused("cannot-represent", `${typeof value} is no kind of YAML value`);
}
