import { Composer, type CST, type Document, isCollection, isPair, Lexer, type Node, Parser } from "yaml";
import type { Refusal } from "../types.ts";
import type { LineIndex } from "./lines.ts";

/** Deeper files are refused: no CI system needs them, and recursion over them would end in a stack overflow. */
const DEEPEST = 200;

export interface Parsed {
  /** Every token of the stream, documents among them. */
  readonly tokens: readonly CST.Token[];
  /** The resolved node of each token that has one. */
  readonly nodes: ReadonlyMap<CST.Token, Node>;
}

/** Tokens of the whole stream, or undefined where nesting is deeper than any real file's. */
function tokenize(text: string): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > DEEPEST) return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function compose(tokens: readonly CST.Token[]): {
  documents: Document.Parsed[];
  errors: { message: string; code: string; pos: [number, number] }[];
} {
  const composer = new Composer({ keepSourceTokens: true, prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
  const documents = [...composer.compose(tokens)];
  const errors = [...documents.flatMap((document) => document.errors), ...composer.streamInfo().errors];
  return { documents, errors };
}

function indexNodes(node: unknown, nodes: Map<CST.Token, Node>): void {
  if (isPair(node)) {
    indexNodes(node.key, nodes);
    indexNodes(node.value, nodes);
    return;
  }
  if (typeof node !== "object" || node === null || !("range" in node)) return;
  const known = node as Node;
  if (known.srcToken) nodes.set(known.srcToken, known);
  if (isCollection(node)) for (const item of node.items) indexNodes(item, nodes);
}

function parseError(error: { message: string; code: string; pos: [number, number] }, lines: LineIndex): Refusal {
  const [start, end] = error.pos;
  const at = lines.position(start);
  const message = `line ${at.line}, column ${at.column}: ${error.message} (${error.code})`;
  return { code: "parse-error", message, span: { start, end }, at };
}

/** Parses a text into tokens and their values, or says why it cannot be read. Never throws for bad input. */
export function parseText(text: string, lines: LineIndex): Parsed | Refusal {
  try {
    const tokens = tokenize(text);
    if (tokens === undefined) return tooDeep();
    const { documents, errors } = compose(tokens);
    const first = errors[0];
    if (first !== undefined) return parseError(first, lines);
    const nodes = new Map<CST.Token, Node>();
    for (const document of documents) indexNodes(document.contents, nodes);
    return { tokens, nodes };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep();
    const reason = error instanceof Error ? error.message : String(error);
    return { code: "parse-error", message: `the YAML parser gave up: ${reason}` };
  }
}

function tooDeep(): Refusal {
  return { code: "too-deep", message: `the file nests collections more than ${DEEPEST} levels deep` };
}
