import type { AndOr, Pipeline, SyntaxNode } from "unbash";
import type { ScriptCommand, Span } from "./commands.ts";
import type { ShellScript } from "./script.ts";

/** A construct around a command that can keep its failure from the script. What it really does is for `fateOf` to say. */
export type Mask =
  /** `command || handler`: `operand` is what may fail, `handler` what runs then. */
  | {
      readonly kind: "fallback";
      readonly span: Span;
      readonly operand: Span;
      readonly handler: Span;
      readonly handlers: readonly ScriptCommand[];
    }
  /** `command | after`. */
  | { readonly kind: "pipe"; readonly span: Span; readonly after: readonly ScriptCommand[] }
  /** `$(command)` in the words of another command; `holder` is undefined for a plain assignment, whose status is that of the command. */
  | { readonly kind: "substitution"; readonly span: Span; readonly holder: ScriptCommand | undefined }
  | { readonly kind: "condition"; readonly span: Span }
  | { readonly kind: "negation"; readonly span: Span };

/** The masks around a command, from the inside out, up to the function that it stands in. */
export function masksOf(script: ShellScript, command: ScriptCommand): readonly Mask[] {
  const masks: Mask[] = [];
  let inner: SyntaxNode = command.node;
  for (const parent of command.parents) {
    if (parent.type === "Function") break;
    const mask = maskOf(script, command, parent, inner);
    if (mask !== undefined) masks.push(mask);
    inner = parent;
  }
  return masks;
}

function maskOf(script: ShellScript, command: ScriptCommand, parent: SyntaxNode, inner: SyntaxNode): Mask | undefined {
  if (parent.type === "AndOr") return fallback(script, parent, inner);
  if (parent.type === "Pipeline") return pipe(script, parent, inner);
  if (parent.type === "If" || parent.type === "Elif" || parent.type === "While")
    return parent.clause === inner ? { kind: "condition", span: spanOf(parent) } : undefined;
  if (parent.type !== "CommandExpansion") return undefined;
  const holder = script.commands.find(
    ({ node }) => node !== command.node && node.pos <= parent.pos && parent.end <= node.end && holds(command, node),
  );
  return { kind: "substitution", span: spanOf(parent), holder };
}

function holds({ parents }: ScriptCommand, node: SyntaxNode): boolean {
  return parents.includes(node);
}

function fallback(script: ShellScript, list: AndOr, inner: SyntaxNode): Mask | undefined {
  const at = list.commands.findIndex((each) => each === inner);
  const last = list.commands.length - 1;
  const [handler, operand] = [list.commands[last], list.commands[last - 1]];
  if (at < 0 || at === last || list.operators.at(-1) !== "||" || handler === undefined || operand === undefined)
    return undefined;
  return {
    kind: "fallback",
    span: spanOf(list),
    operand: { start: list.pos, end: operand.end },
    handler: spanOf(handler),
    handlers: within(script, spanOf(handler)),
  };
}

function pipe(script: ShellScript, pipeline: Pipeline, inner: SyntaxNode): Mask | undefined {
  if (pipeline.prefixes.some(({ type }) => type === "Negation")) return { kind: "negation", span: spanOf(pipeline) };
  const at = pipeline.commands.findIndex((each) => each === inner);
  const next = pipeline.commands[at + 1];
  if (at < 0 || next === undefined) return undefined;
  return { kind: "pipe", span: spanOf(pipeline), after: within(script, { start: next.pos, end: pipeline.end }) };
}

function within({ commands }: ShellScript, { start, end }: Span): readonly ScriptCommand[] {
  return commands.filter(({ span }) => start <= span.start && span.end <= end);
}

function spanOf({ pos, end }: SyntaxNode): Span {
  return { start: pos, end };
}
