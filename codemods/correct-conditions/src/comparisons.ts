import { contextPath, descend, ungroup, type Expression, type Span } from "@ci-fix/expression";
import type { Unit } from "@ci-fix/workflow";
import { calledWorkflow, domainOf, resultDomain, type Domain } from "./domains.ts";

/** A comparison with something that its other side never is. */
export interface Impossible {
  /** As written. */
  readonly text: string;
  readonly path: readonly string[];
  /** Why, as a clause. */
  readonly says: string;
  /** True for `!=`: it always holds. */
  readonly holds: boolean;
  /** The change that makes it say what was meant; undefined where nobody but a person can tell. */
  readonly correction: { readonly span: Span; readonly text: string } | undefined;
  readonly node: Expression;
}

type Literal = Expression & { kind: "literal" };

/** Every such comparison of a condition, left to right. */
export function impossibleIn(tree: Expression, text: string, unit: Unit): readonly Impossible[] {
  return [...descend(tree)].flatMap((node) => impossibleAt(node, text, unit) ?? []);
}

function impossibleAt(node: Expression, text: string, unit: Unit): Impossible | undefined {
  if (node.kind === "call" && node.name.toLowerCase() === "contains") return inContains(node, text);
  if (node.kind !== "binary" || (node.operator !== "==" && node.operator !== "!=")) return undefined;
  const [left, right] = [ungroup(node.left), ungroup(node.right)];
  const literal = isText(right) ? right : left;
  const read = literal === right ? left : right;
  const path = contextPath(read);
  if (!isText(literal) || path === undefined || path.includes("*")) return undefined;
  const domain = domainOf(path, unit);
  if (domain === undefined || isPossible(domain, path, literal.value)) return undefined;
  const correction = correctionOf(domain, read, literal, path, text);
  // `steps.gone.outputs.x != 'true'` is what is left of a step that was removed: it keeps nothing from running.
  if (node.operator === "!=" && correction === undefined) return undefined;
  return {
    text: text.slice(node.span.start, node.span.end),
    path,
    says: saysOf(domain, path, literal.value),
    holds: node.operator === "!=",
    correction,
    node,
  };
}

/** `contains(needs.*.result, 'failed')` */
function inContains(node: Expression & { kind: "call" }, text: string): Impossible | undefined {
  const [list, item] = node.args.map(ungroup);
  if (list === undefined || item === undefined || !isText(item)) return undefined;
  const isResults = list.kind === "property" && /^needs\s*\.\s*\*\s*\.\s*result$/iu.test(textOf(list, text));
  if (!isResults || has(resultDomain, item.value)) return undefined;
  const meant = resultDomain.meant(item.value);
  return {
    text: textOf(node, text),
    path: ["needs", "*", "result"],
    says: resultDomain.says,
    holds: false,
    correction: meant === undefined ? undefined : { span: item.span, text: `'${meant}'` },
    node,
  };
}

function isText(node: Expression): node is Literal & { readonly value: string } {
  return node.kind === "literal" && typeof node.value === "string";
}

function textOf({ span }: Expression, text: string): string {
  return text.slice(span.start, span.end);
}

function has({ values }: Domain, value: string): boolean {
  return values.some((one) => one.toLowerCase() === value.toLowerCase());
}

function isPossible(domain: Domain, path: readonly string[], value: string): boolean {
  if (has(domain, value)) return true;
  if (isEvent(path)) return value !== calledWorkflow && domain.meant(value) === undefined;
  // What is not there is null, which equals the empty string.
  return value === "";
}

function saysOf(domain: Domain, path: readonly string[], value: string): string {
  return isEvent(path) && value === calledWorkflow
    ? "a called workflow sees the event of its caller, never workflow_call"
    : domain.says;
}

function isEvent(path: readonly string[]): boolean {
  return path.join(".").toLowerCase() === "github.event_name";
}

function correctionOf(
  domain: Domain,
  read: Expression,
  literal: Literal & { readonly value: string },
  path: readonly string[],
  text: string,
): Impossible["correction"] {
  if (domain.values.length === 0) return undefined;
  const isConclusion =
    path[0] === "steps" && path[2]?.toLowerCase() === "conclusion" && literal.value.toLowerCase() === "failure";
  if (isConclusion && read.kind === "property") {
    const span = { start: read.span.end - "conclusion".length, end: read.span.end };
    return text.slice(span.start, span.end).toLowerCase() === "conclusion" ? { span, text: "outcome" } : undefined;
  }
  const meant = literal.value === calledWorkflow ? undefined : domain.meant(literal.value);
  return meant === undefined ? undefined : { span: literal.span, text: `'${meant}'` };
}
