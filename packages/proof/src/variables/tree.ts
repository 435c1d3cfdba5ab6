import { contextPaths, type Expression } from "@ci-fix/expression";

/** What stands inside any number of parentheses. */
export function unwrap(node: Expression): Exclude<Expression, { kind: "group" }> {
  let inner = node;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

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
    case "group":
      return [node.inner];
    case "binary":
      return [node.left, node.right];
  }
}

/** The text of an expression without regard to blanks and case, except inside of quotes. */
export function plainText(text: string): string {
  return text
    .split("'")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/\s+/gu, "").toLowerCase() : part))
    .join("'");
}

/** Functions that can do nothing but answer; any other can fail as well. */
const SURE = new Set([
  "contains",
  "startswith",
  "endswith",
  "join",
  "tojson",
  "success",
  "failure",
  "always",
  "cancelled",
]);

export function canFail(node: Expression): boolean {
  if (node.kind === "call" && !SURE.has(node.name.toLowerCase())) return true;
  return children(node).some(canFail);
}

/** True for what depends on the files of the moment. */
export function readsFiles(node: Expression): boolean {
  if (node.kind === "call" && node.name.toLowerCase() === "hashfiles") return true;
  return children(node).some(readsFiles);
}

/** Paths that a tree reads, in lower case. */
export function readPaths(tree: Expression): readonly (readonly string[])[] {
  return contextPaths(tree).map((path) => path.map((name) => name.toLowerCase()));
}

/** The names of a chain of dereferences from a context on, as written; `*` where any can stand. Undefined for anything else. */
export function contextPath(node: Expression): readonly string[] | undefined {
  const at = unwrap(node);
  if (at.kind === "context") return [at.name];
  if (at.kind !== "property" && at.kind !== "index") return undefined;
  const object = contextPath(at.object);
  return object === undefined ? undefined : [...object, at.kind === "property" ? at.name : indexName(at.index)];
}

function indexName(index: Expression | undefined): string {
  const literal = index === undefined ? undefined : unwrap(index);
  return literal?.kind === "literal" && literal.value !== null ? String(literal.value) : "*";
}
