import { EvaluationFault } from "./fault.ts";
import { PURE_FUNCTIONS } from "./functions.ts";
import { operands, statusFunction, ungroup, type StatusFunction } from "./query.ts";
import type { Expression, Value } from "./types.ts";
import { compare, isArray, isPrimitive, isTruthy, toNumber, toText } from "./values.ts";

/** What an expression is evaluated in. */
export interface Scope {
  /** The value of a context; the name is in lower case. */
  context(name: string): Value;
  /** The answer of a status function. */
  status(name: StatusFunction): boolean;
  /** Any other function that is no part of the language, such as `hashFiles`; the name is in lower case. Undefined: cannot be told. */
  call?(name: string, args: readonly Value[]): Value | undefined;
}

/** A value, or why there is none: the runner fails a step or job whose condition cannot be evaluated. */
export type Evaluation =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

/**
 * Evaluates as the runner does: `&&` and `||` give one of their operands and leave the rest alone, a missing property is null.
 */
export function evaluate(tree: Expression, scope: Scope): Evaluation {
  return attempt(() => new Evaluator(scope).value(tree));
}

/** The value that is computed, or the fault of the expression on the way. */
export function attempt(compute: () => Value): Evaluation {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    if (error instanceof EvaluationFault) return { ok: false, message: error.message };
    throw error;
  }
}

class Evaluator {
  readonly #scope: Scope;
  /** Results of `.*`. A further dereference of one applies to each of its items. */
  readonly #filtered = new WeakSet<object>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  value(node: Expression): Value {
    switch (node.kind) {
      case "literal":
        return node.value;
      case "context":
        return this.#scope.context(node.name.toLowerCase());
      case "property":
        return this.#dereference(this.value(node.object), node.name === "*" ? undefined : node.name);
      case "index":
        return this.#dereference(
          this.value(node.object),
          node.index === undefined ? undefined : this.value(node.index),
        );
      case "call":
        return this.#call(node.name, node.args);
      case "not":
        return !isTruthy(this.value(node.operand));
      case "binary":
        return this.#binary(node);
      case "group":
        return this.value(ungroup(node));
    }
  }

  #binary(node: Expression & { kind: "binary" }): Value {
    const { operator } = node;
    if (operator !== "&&" && operator !== "||") return compare(operator, this.value(node.left), this.value(node.right));
    let result: Value = null;
    for (const operand of operands(node, operator)) {
      result = this.value(operand);
      if (isTruthy(result) === (operator === "||")) break;
    }
    return result;
  }

  #call(name: string, args: readonly Expression[]): Value {
    const status = statusFunction(name);
    if (status !== undefined) return this.#scope.status(status);
    const lower = name.toLowerCase();
    const pure = PURE_FUNCTIONS.get(lower);
    const values = args.map((each) => this.value(each));
    const result = pure === undefined ? this.#scope.call?.(lower, values) : pure.call(values);
    if (result === undefined) throw new EvaluationFault(`${name}() cannot be evaluated here`);
    return result;
  }

  /** `key` is undefined for a wildcard. */
  #dereference(object: Value, key: Value | undefined): Value {
    if (!isPrimitive(object) && this.#filtered.has(object)) {
      return this.#filter(members(object).flatMap((item) => (key === undefined ? members(item) : select(item, key))));
    }
    return key === undefined ? this.#filter(members(object)) : (select(object, key)[0] ?? null);
  }

  #filter(items: readonly Value[]): Value {
    this.#filtered.add(items);
    return items;
  }
}

/** A fresh list of what a wildcard gives: items of a list, values of an object, nothing of anything else. */
function members(value: Value): readonly Value[] {
  return isPrimitive(value) ? [] : Object.values(value);
}

/** The member with this key, in a list of one; an empty list where there is none. */
function select(value: Value, key: Value): readonly Value[] {
  if (isPrimitive(value)) return [];
  if (isArray(value)) {
    const index = Math.floor(toNumber(key));
    return index >= 0 ? value.slice(index, index + 1) : [];
  }
  if (!isPrimitive(key)) return [];
  const name = toText(key);
  const member = Object.hasOwn(value, name)
    ? value[name]
    : Object.entries(value).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
  return member === undefined ? [] : [member];
}
