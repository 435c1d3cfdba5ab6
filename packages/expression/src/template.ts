import { fold, truthiness } from "./fold.ts";
import { parseExpression } from "./parse.ts";
import { statusFunctions } from "./query.ts";
import type { ConditionForm, Expression, ParsedCondition, SyntaxProblem, TemplatePart } from "./types.ts";

const OPEN = "${{";
/** Booleans of YAML reach the runner's expression in lower case. */
const YAML_BOOLEAN = /^(?:True|TRUE|False|FALSE)$/;

/**
 * Splits a string into text and `${{ }}`. A quote inside of `${{ }}` hides braces until the next one. What is never
 * closed is an expression with a problem that reaches to the end.
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf(OPEN, at);
    const start = open < 0 ? text.length : open;
    if (start > at) parts.push({ kind: "text", span: { start: at, end: start }, text: text.slice(at, start) });
    if (open < 0) return parts;
    const part = readPart(text, open);
    parts.push(part);
    at = part.span.end;
  }
}

/**
 * Reads the decoded text of an `if` as the runner does (`TemplateReader.ParseScalar`, then `ConvertToIfCondition`).
 * Blanks around a bare expression mean nothing; blanks around `${{ }}`, a line break included, are text.
 */
export function parseCondition(text: string): ParsedCondition {
  if (text.trim() === "") return condition(text, "empty", []);
  const parts = parseTemplate(text);
  const problem = parts.map(problemOf).find((each) => each !== undefined);
  if (problem !== undefined) return { ...condition(text, "invalid", parts), problem };
  const [only, ...others] = parts;
  if (only?.kind === "expression") {
    if (others.length > 0 || !only.parsed.ok) return textual(text, parts);
    return expression(text, "wrapped", parts, only.parsed.tree);
  }
  return others.length > 0 ? textual(text, parts) : bare(text);
}

function bare(text: string): ParsedCondition {
  const span = { start: 0, end: text.length };
  const parts: readonly TemplatePart[] = [{ kind: "text", span, text }];
  const parsed = parseExpression(YAML_BOOLEAN.test(text) ? text.toLowerCase() : text);
  if (!parsed.ok) return { ...condition(text, "invalid", parts), problem: parsed.problem };
  return expression(text, "bare", parts, parsed.tree);
}

function expression(
  text: string,
  form: "bare" | "wrapped",
  parts: readonly TemplatePart[],
  tree: Expression,
): ParsedCondition {
  return {
    ...condition(text, form, parts),
    tree,
    hasStatusFunction: statusFunctions(tree).length > 0,
    constant: isUnpacked(form, tree) ? undefined : truthiness(fold(tree)),
  };
}

/** The runner unpacks `${{ 'x' }}` to the text x and reads that again as an expression, against its own documentation. */
export function isUnpacked(form: ConditionForm, tree: Expression): boolean {
  return form === "wrapped" && tree.kind === "literal" && typeof tree.value === "string";
}

/** Text around `${{ }}`, or several of them in a row: the runner formats one string out of it. */
function textual(text: string, parts: readonly TemplatePart[]): ParsedCondition {
  const trees = parts.flatMap((part) => (part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : []));
  return {
    ...condition(text, "text", parts),
    hasStatusFunction: trees.some((tree) => statusFunctions(tree).length > 0),
    constant: parts.some((part) => part.kind === "text") ? true : undefined,
  };
}

function condition(text: string, form: ConditionForm, parts: readonly TemplatePart[]): ParsedCondition {
  return { text, form, tree: undefined, parts, problem: undefined, hasStatusFunction: false, constant: undefined };
}

function readPart(text: string, start: number): TemplatePart & { kind: "expression" } {
  const from = start + OPEN.length;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === "'") quoted = !quoted;
    if (!quoted && text.startsWith("}}", at)) return closedPart(text, start, at + 2);
  }
  const span = { start, end: text.length };
  const problem: SyntaxProblem = { message: "An expression is opened with ${{ and never closed", span };
  return { kind: "expression", span, inner: { start: from, end: text.length }, parsed: { ok: false, problem } };
}

function closedPart(text: string, start: number, end: number): TemplatePart & { kind: "expression" } {
  const inner = { start: start + OPEN.length, end: end - 2 };
  const parsed = parseExpression(text.slice(inner.start, inner.end), inner.start);
  return { kind: "expression", span: { start, end }, inner, parsed };
}

function problemOf(part: TemplatePart): SyntaxProblem | undefined {
  return part.kind === "expression" && !part.parsed.ok ? part.parsed.problem : undefined;
}
