import { fold, truthiness } from "./fold.ts";
import { PURE_FUNCTIONS } from "./functions.ts";
import { children, descend, operands, statusFunction, ungroup } from "./query.ts";
import type { BinaryOperator, Expression } from "./types.ts";

/** A chain `a && b && …` of which some operands are false whatever happens. */
export interface GuardedChain {
  readonly chain: Expression;
  /** Left to right, guards included. */
  readonly operands: readonly Expression[];
  readonly guards: ReadonlySet<Expression>;
  /** The parentheses directly around the chain, outermost first. */
  readonly around: readonly (Expression & { kind: "group" })[];
  /** True if nothing but these parentheses stands around the chain. */
  readonly whole: boolean;
}

/**
 * The chains with a guard, in order. Only places that reach the root through `&&`, `||` and parentheses count: there a
 * guard can but switch something off. Under `!`, in a comparison or an argument it is no guard.
 */
export function guardedChains(tree: Expression): readonly GuardedChain[] {
  return search(tree, true);
}

/**
 * True for an operand that reads nothing and is false: `false`, `!true`, `(false)`, `1 == 2`. `(false && success())` is none:
 * it holds something that was switched off.
 */
export function isGuard(node: Expression): boolean {
  const chain = operands(ungroup(node), "&&");
  return chain.length > 1 ? chain.every(isGuard) : !readsAnything(node) && truthiness(fold(node)) === false;
}

function readsAnything(node: Expression): boolean {
  for (const part of descend(node)) {
    if (part.kind === "context") return true;
    if (part.kind === "call" && !PURE_FUNCTIONS.has(part.name.toLowerCase()) && statusFunction(part.name) !== "always")
      return true;
  }
  return false;
}

function search(node: Expression, whole: boolean): readonly GuardedChain[] {
  const around: (Expression & { kind: "group" })[] = [];
  let chain = node;
  for (; chain.kind === "group"; chain = chain.inner) around.push(chain);
  if (chain.kind !== "binary") return [];
  const { operator } = chain;
  if (operator !== "&&" && operator !== "||") return [];
  const parts = operands(chain, operator);
  const guards = new Set(operator === "&&" ? parts.filter(isGuard) : []);
  const deeper = parts.filter((part) => !guards.has(part)).flatMap((part) => search(part, false));
  return guards.size === 0 ? deeper : [{ chain, operands: parts, guards, around, whole }, ...deeper];
}

/**
 * The tree as nested lists without parentheses around its nodes, operands in `without` left out. Two expressions with the
 * same shape mean the same.
 */
export function shape(tree: Expression, without: ReadonlySet<Expression> = new Set()): unknown {
  const node = ungroup(tree);
  if (node.kind === "binary") return chainShape(node, node.operator, without);
  return [node.kind, label(node), ...children(node).map((child) => shape(child))];
}

/** What a node says by itself, next to its parts. */
function label(node: Exclude<Expression, { kind: "group" | "binary" }>): string | undefined {
  switch (node.kind) {
    case "literal":
      return `${typeof node.value} ${String(node.value)}`;
    case "context":
    case "property":
    case "call":
      return node.name;
    default:
      return undefined;
  }
}

function chainShape(node: Expression, operator: BinaryOperator, without: ReadonlySet<Expression>): unknown {
  const parts = operands(node, operator).filter((part) => !without.has(part));
  const shapes = parts.map((part) => shape(part, without));
  return shapes.length === 1 ? shapes[0] : [operator, ...shapes];
}
