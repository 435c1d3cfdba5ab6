import { evaluate, type Scope } from "./evaluate.ts";
import { EvaluationFault } from "./fault.ts";
import { PURE_FUNCTIONS } from "./functions.ts";
import { contextPath, descend, operands, statusFunction, ungroup, type StatusFunction } from "./query.ts";
import type { Expression, Value } from "./types.ts";
import { compare, isTruthy } from "./values.ts";

/**
 * What is certain of an expression whatever the rest turns out to be: its value, or only whether it counts as true.
 * `github.actor && false` is `falsy`: it may be `false`, but also the empty string.
 */
export type Folded =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "truthy" }
  | { readonly kind: "falsy" }
  | { readonly kind: "unknown" };

/** Facts to fold with. Undefined means unknown. */
export interface Known {
  /** A context path as `contextPath` writes it, `["github", "repository"]`. */
  path?(path: readonly string[]): Value | undefined;
  status?(name: StatusFunction): boolean | undefined;
}

const UNKNOWN: Folded = { kind: "unknown" };
const NOTHING: Scope = { context: () => null, status: () => false };

/**
 * Folds constants under three-valued logic: what no assignment of the unknown parts can change. `always()` is true unless
 * told otherwise. Errors of evaluation (`fromJSON` of no JSON) are left out of account.
 */
export function fold(tree: Expression, known: Known = {}): Folded {
  switch (tree.kind) {
    case "literal":
      return { kind: "value", value: tree.value };
    case "group":
      return fold(ungroup(tree), known);
    case "not":
      return negate(truthiness(fold(tree.operand, known)));
    case "binary":
      return tree.operator === "&&" || tree.operator === "||"
        ? chain(tree, tree.operator, known)
        : comparison(tree, known);
    case "context":
    case "property":
    case "index":
      return reference(tree, known);
    case "call":
      return call(tree, known);
  }
}

/** Whether a folded expression counts as true; undefined if that depends. */
export function truthiness(folded: Folded): boolean | undefined {
  if (folded.kind === "unknown") return undefined;
  return folded.kind === "value" ? isTruthy(folded.value) : folded.kind === "truthy";
}

function negate(truth: boolean | undefined): Folded {
  return truth === undefined ? UNKNOWN : { kind: "value", value: !truth };
}

/** `&&` gives its first falsy operand or its last, `||` its first truthy one or its last. */
function chain(tree: Expression, operator: "&&" | "||", known: Known): Folded {
  const decides = operator === "||";
  const all = operands(tree, operator);
  let open = false;
  let last: Folded = UNKNOWN;
  for (const operand of all) {
    last = fold(operand, known);
    const truth = truthiness(last);
    if (truth === decides) return open ? { kind: decides ? "truthy" : "falsy" } : last;
    if (truth === undefined && operand !== all.at(-1)) open = true;
  }
  return open ? UNKNOWN : last;
}

function comparison(tree: Expression & { kind: "binary" }, known: Known): Folded {
  const left = fold(tree.left, known);
  const right = fold(tree.right, known);
  if (left.kind !== "value" || right.kind !== "value" || tree.operator === "&&" || tree.operator === "||")
    return UNKNOWN;
  return { kind: "value", value: compare(tree.operator, left.value, right.value) };
}

function reference(tree: Expression, known: Known): Folded {
  const path = contextPath(tree);
  if (path !== undefined) {
    const value = path.includes("*") ? undefined : known.path?.(path);
    return value === undefined ? UNKNOWN : { kind: "value", value };
  }
  const result = isClosed(tree) ? evaluate(tree, NOTHING) : undefined;
  return result?.ok === true ? { kind: "value", value: result.value } : UNKNOWN;
}

function call(tree: Expression & { kind: "call" }, known: Known): Folded {
  const status = statusFunction(tree.name);
  if (status !== undefined) {
    const value = known.status?.(status) ?? (status === "always" ? true : undefined);
    return value === undefined ? UNKNOWN : { kind: "value", value };
  }
  const pure = PURE_FUNCTIONS.get(tree.name.toLowerCase());
  const args = tree.args.map((arg) => fold(arg, known));
  const values = args.flatMap((arg) => (arg.kind === "value" ? [arg.value] : []));
  return pure === undefined || values.length < args.length ? UNKNOWN : attempt(() => pure.call(values));
}

function attempt(compute: () => Value): Folded {
  try {
    return { kind: "value", value: compute() };
  } catch (error) {
    if (error instanceof EvaluationFault) return UNKNOWN;
    throw error;
  }
}

/** True where nothing but literals and functions of the language is read. */
function isClosed(tree: Expression): boolean {
  for (const node of descend(tree)) {
    if (node.kind === "context" || (node.kind === "call" && !PURE_FUNCTIONS.has(node.name.toLowerCase()))) return false;
  }
  return true;
}
