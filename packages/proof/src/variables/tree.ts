import { contextPaths, descend, evaluate, type Expression } from "@ci-fix/expression";

/** The text of an expression without regard to blanks and case, except inside of quotes. */
export function plainText(text: string): string {
  return text
    .split("'")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/\s/gu, "").toLowerCase() : part))
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

export function canFail(tree: Expression): boolean {
  for (const node of descend(tree))
    if (node.kind === "call" && !SURE.has(node.name.toLowerCase()) && !isFilled(node)) return true;
  return false;
}

/** `format` fails for nothing but its pattern: where braces stand alone, or ask for what is not given. */
function isFilled({ name, args, span }: Expression & { kind: "call" }): boolean {
  const [pattern, ...values] = args;
  if (name.toLowerCase() !== "format" || pattern?.kind !== "literal") return false;
  const given = values.map((): Expression => ({ kind: "literal", span, value: "" }));
  const call: Expression = { kind: "call", name, span, args: [pattern, ...given] };
  return evaluate(call, { context: () => null, status: () => false }).ok;
}

/** True for what depends on the files of the moment. */
export function readsFiles(tree: Expression): boolean {
  for (const node of descend(tree)) if (node.kind === "call" && node.name.toLowerCase() === "hashfiles") return true;
  return false;
}

/** Paths that a tree reads, in lower case. */
export function readPaths(tree: Expression): readonly (readonly string[])[] {
  return contextPaths(tree).map((path) => path.map((name) => name.toLowerCase()));
}
