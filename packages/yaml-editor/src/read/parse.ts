import { Composer, type CST, type Document, type Node } from "yaml";
import type { Refusal } from "../types.ts";
import type { LineIndex } from "./lines.ts";
import { type CommentPlace, DEEPEST, tokenize } from "./tokenize.ts";

export interface ParsedDocument {
  readonly token: CST.Document;
  /** The resolved root; each node in it knows its token. */
  readonly contents: Node | null;
}

/** What is true of a whole stream. */
export interface Stream {
  /** True where it holds both an anchor and an alias. */
  readonly hasAliases: boolean;
  /** True where it holds an anchor or an alias. */
  readonly hasReferences: boolean;
  readonly hasDirectives: boolean;
  /** True where it is one document with nothing before it and no mark behind it. */
  readonly isBare: boolean;
  /** How many nodes lie in each other, at most. */
  readonly depth: number;
}

export interface Parsed {
  readonly documents: readonly ParsedDocument[];
  readonly comments: readonly CommentPlace[];
  readonly stream: Stream;
}

interface ParserError {
  readonly message: string;
  readonly code: string;
  readonly pos: [number, number];
}

function compose(tokens: readonly CST.Token[]): { documents: Document.Parsed[]; error: ParserError | undefined } {
  const composer = new Composer({ keepSourceTokens: true, prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
  const documents = [...composer.compose(tokens)];
  const failed = documents.find(({ errors }) => errors.length > 0);
  return { documents, error: failed?.errors[0] ?? composer.streamInfo().errors[0] };
}

function parseError(error: ParserError, lines: LineIndex): Refusal {
  const [start, end] = error.pos;
  const at = lines.position(start);
  const message = `line ${at.line}, column ${at.column}: ${error.message} (${error.code})`;
  return { code: "parse-error", message, span: { start, end }, at };
}

function pairUp(tokens: readonly CST.Token[], documents: readonly Document.Parsed[]): ParsedDocument[] {
  const starts = tokens.filter((token): token is CST.Document => token.type === "document");
  return starts.map((token, index) => ({ token, contents: documents[index]?.contents ?? null }));
}

/** Parses a text into tokens and their values, or says why it cannot be read. Never throws for bad input. */
export function parseText(text: string, lines: LineIndex): Parsed | Refusal {
  try {
    const read = tokenize(text);
    if (read === undefined) return tooDeep();
    const { tokens, comments, hasAliases, hasReferences, depth } = read;
    const { documents, error } = compose(tokens);
    if (error !== undefined) return parseError(error, lines);
    const hasDirectives = tokens.some(({ type }) => type === "directive");
    const isBare = tokens.length === 1 && tokens[0]?.type === "document";
    const stream = { hasAliases, hasReferences, hasDirectives, isBare, depth };
    return { documents: pairUp(tokens, documents), comments, stream };
  } catch (error) {
    if (error instanceof RangeError) return tooDeep();
    const reason = error instanceof Error ? error.message : String(error);
    return { code: "parse-error", message: `the YAML parser gave up: ${reason}` };
  }
}

function tooDeep(): Refusal {
  return { code: "too-deep", message: `the file nests collections more than ${DEEPEST} levels deep` };
}
