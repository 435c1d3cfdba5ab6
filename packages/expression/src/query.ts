import type { BinaryOperator, Expression } from "./types.ts";

/** The functions that look at the outcome of what ran before. An `if` without any of them is `success() && (…)`. */
export type StatusFunction = "success" | "failure" | "always" | "cancelled";

const STATUS: readonly StatusFunction[] = ["success", "failure", "always", "cancelled"];

/** The status function with this name, whatever its case. */
export function statusFunction(name: string): StatusFunction | undefined {
  const lower = name.toLowerCase();
  return STATUS.find((each) => each === lower);
}

/** The parts of a node, left to right. */
export function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "literal":
    case "context":
      return [];
    case "property":
      return [node.object];
    case "index":
      return node.index === undefined ? [node.object] : [node.object, node.index];
    case "call":
      return node.args;
    case "not":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "group":
      return [node.inner];
  }
}

/** Every node, parents first, left to right. Long chains of `&&` are deep on the left, hence no recursion. */
export function* descend(tree: Expression): Generator<Expression> {
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...children(node).toReversed());
  }
}

/** Which status functions are called anywhere in the tree, each once, in order. */
export function statusFunctions(tree: Expression): readonly StatusFunction[] {
  const found = new Set<StatusFunction>();
  for (const node of descend(tree)) {
    const status = node.kind === "call" ? statusFunction(node.name) : undefined;
    if (status !== undefined) found.add(status);
  }
  return [...found];
}

/** What stands inside any number of parentheses. */
export function ungroup(node: Expression): Exclude<Expression, { kind: "group" }> {
  let inner = node;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

/** The operands of a chain of one operator, left to right, as the runner flattens one of `&&`; else the node alone. */
export function operands(node: Expression, operator: BinaryOperator): readonly Expression[] {
  const found: Expression[] = [];
  let left = node;
  while (left.kind === "binary" && left.operator === operator) {
    found.push(left.right);
    left = left.left;
  }
  return [...found, left].toReversed();
}

/**
 * The path of a chain of dereferences that starts at a context: `steps.td['outcome']` is `["steps", "td", "outcome"]`.
 * An index that is no literal, and a wildcard, is `"*"`. The context is in lower case, the rest as written: names are
 * compared without regard to case. Undefined for anything else.
 */
export function contextPath(node: Expression): readonly string[] | undefined {
  const names: string[] = [];
  let at = ungroup(node);
  while (at.kind === "property" || at.kind === "index") {
    names.push(at.kind === "property" ? at.name : indexName(at.index));
    at = ungroup(at.object);
  }
  return at.kind === "context" ? [at.name.toLowerCase(), ...names.toReversed()] : undefined;
}

/** Every context path that the tree reads, each at its full length, in order; repeated ones once. */
export function contextPaths(tree: Expression): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const path = contextPath(node);
    if (path !== undefined) found.set(JSON.stringify(path), path);
    open.push(...(path === undefined ? children(node) : indexes(node)).toReversed());
  }
  return [...found.values()];
}

function indexName(index: Expression | undefined): string {
  const literal = index === undefined ? undefined : ungroup(index);
  return literal?.kind === "literal" && literal.value !== null ? String(literal.value) : "*";
}

/** The expressions in the brackets of a chain, left to right. */
function indexes(node: Expression): readonly Expression[] {
  const found: Expression[] = [];
  let at = ungroup(node);
  while (at.kind === "property" || at.kind === "index") {
    if (at.kind === "index" && at.index !== undefined) found.push(at.index);
    at = ungroup(at.object);
  }
  return found.toReversed();
}

/** The texts that a context path is compared with by `==` anywhere in the tree, in order. */
export function comparedTexts(tree: Expression, path: readonly string[]): readonly string[] {
  const texts: string[] = [];
  const isPath = (node: Expression): boolean => {
    const read = contextPath(node);
    return read?.length === path.length && read.every((name, at) => name.toLowerCase() === path[at]?.toLowerCase());
  };
  for (const node of descend(tree)) {
    if (node.kind !== "binary" || node.operator !== "==") continue;
    const other = isPath(node.left) ? node.right : isPath(node.right) ? node.left : undefined;
    const literal = other === undefined ? undefined : ungroup(other);
    if (literal?.kind === "literal" && typeof literal.value === "string") texts.push(literal.value);
  }
  return texts;
}
