import { attempt, evaluate, type Evaluation, type Scope } from "./evaluate.ts";
import { EvaluationFault } from "./fault.ts";
import { PURE_FUNCTIONS } from "./functions.ts";
import { contextPath, operands, statusFunction, ungroup, type StatusFunction } from "./query.ts";
import type { Expression, Value } from "./types.ts";
import { compare, isTruthy, type Comparison } from "./values.ts";

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
/** Evaluation in it fails where it comes to read anything. */
const NOTHING: Scope = { context: unread, status: unread };

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
        : comparison(tree.operator, fold(tree.left, known), fold(tree.right, known));
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
  let open = false;
  let last: Folded = UNKNOWN;
  for (const operand of operands(tree, operator)) {
    last = fold(operand, known);
    const truth = truthiness(last);
    if (truth === decides) return open ? { kind: decides ? "truthy" : "falsy" } : last;
    if (truth === undefined) open = true;
  }
  return open ? UNKNOWN : last;
}

function comparison(operator: Comparison, left: Folded, right: Folded): Folded {
  if (left.kind !== "value" || right.kind !== "value") return UNKNOWN;
  return { kind: "value", value: compare(operator, left.value, right.value) };
}

function reference(tree: Expression, known: Known): Folded {
  const path = contextPath(tree);
  if (path !== undefined) {
    const value = path.includes("*") ? undefined : known.path?.(path);
    return value === undefined ? UNKNOWN : { kind: "value", value };
  }
  return certain(evaluate(tree, NOTHING));
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
  return pure === undefined || values.length < args.length ? UNKNOWN : certain(attempt(() => pure.call(values)));
}

function certain(result: Evaluation): Folded {
  return result.ok ? { kind: "value", value: result.value } : UNKNOWN;
}

function unread(): never {
  throw new EvaluationFault();
}
