import { type Command, forEachChild, type Script, type SyntaxNode } from "unbash";
import { unmasked } from "./parse.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A simple command of a script. Offsets are UTF-16 indexes into the script's text. */
export interface ScriptCommand {
  /** Its words without quotes and redirections; what is only known when it runs reads `${expression}`. */
  readonly words: readonly string[];
  /** Where each word stands. */
  readonly wordSpans: readonly Span[];
  readonly span: Span;
  readonly node: Command;
  /** What it stands in, from the inside out. */
  readonly parents: readonly SyntaxNode[];
  /** False in backticks with escapes, where positions belong to another text. */
  readonly isPlaced: boolean;
}

/** Every simple command that has a name, in file order, those of substitutions and functions included. */
export function commandsIn(script: Script): readonly ScriptCommand[] {
  const found: ScriptCommand[] = [];
  const around: SyntaxNode[] = [];
  const visit = (node: SyntaxNode, isPlaced: boolean): void => {
    const placed = isPlaced && !(node.type === "Script" && node.source !== undefined);
    if (node.type === "Command" && node.name !== undefined) found.push(described(node, around.toReversed(), placed));
    around.push(node);
    forEachChild(node, (child) => visit(child, placed));
    around.pop();
  };
  visit(script, true);
  return found.sort((a, b) => a.span.start - b.span.start);
}

function described(node: Command, parents: readonly SyntaxNode[], isPlaced: boolean): ScriptCommand {
  const words = [node.name, ...node.args].filter((word) => word !== undefined);
  return {
    words: words.map((word) => unmasked(word.type === "Word" ? word.value : word.text)),
    wordSpans: words.map(({ pos, end }) => ({ start: pos, end })),
    span: { start: node.pos, end: node.end },
    node,
    parents,
    isPlaced,
  };
}
