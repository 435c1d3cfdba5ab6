import { type CST, Lexer, Parser } from "yaml";

/** Deeper files are refused: no CI system needs them, and recursion over them would end in a stack overflow. */
export const DEEPEST = 200;

/** Where a comment stands, and its characters from the `#` on. */
export interface CommentPlace {
  readonly offset: number;
  readonly source: string;
}

export interface Tokens {
  /** Every token of the stream, documents among them. */
  readonly tokens: readonly CST.Token[];
  /** Every comment, in order. */
  readonly comments: readonly CommentPlace[];
  /** True where the stream holds both an anchor and an alias. */
  readonly hasAliases: boolean;
  /** True where the stream holds an anchor or an alias. */
  readonly hasReferences: boolean;
  /** How many nodes lie in each other, at most. */
  readonly depth: number;
}

// What the lexer says between the pieces of the text that it hands on. None of them takes room in the text.
const DOCUMENT = "\u0002";
const FLOW_END = "\u0018";
const SCALAR = "\u001f";

const HASH = 0x23;
const AMPERSAND = 0x26;
const ASTERISK = 0x2a;

/** Notes, in the one pass over the pieces of a text, what would else take a walk over its tokens. */
class Notes {
  readonly comments: CommentPlace[] = [];
  anchors = 0;
  aliases = 0;
  #offset = 0;
  #isScalar = false;

  take(piece: string): void {
    if (this.#isScalar) this.#isScalar = false;
    else if (piece === SCALAR) {
      this.#isScalar = true;
      return;
    } else if (piece === DOCUMENT || piece === FLOW_END) return;
    else this.#note(piece);
    this.#offset += piece.length;
  }

  #note(piece: string): void {
    const first = piece.charCodeAt(0);
    if (first === HASH) this.comments.push({ offset: this.#offset, source: piece });
    else if (first === AMPERSAND) this.anchors += 1;
    else if (first === ASTERISK) this.aliases += 1;
  }
}

/** Tokens of the whole stream, or undefined where nesting is deeper than any real file's. */
export function tokenize(text: string): Tokens | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const notes = new Notes();
  let depth = 0;
  for (const piece of new Lexer().lex(text)) {
    for (const token of parser.next(piece)) tokens.push(token);
    depth = Math.max(depth, parser.stack.length);
    if (depth > DEEPEST) return undefined;
    notes.take(piece);
  }
  for (const token of parser.end()) tokens.push(token);
  const { comments, anchors, aliases } = notes;
  return { tokens, comments, hasAliases: anchors > 0 && aliases > 0, hasReferences: anchors + aliases > 0, depth };
}
