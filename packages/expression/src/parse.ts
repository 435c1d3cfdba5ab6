import { tokenize, type Punctuation, type Token } from "./tokens.ts";
import type { BinaryOperator, Expression, ParseResult, Span } from "./types.ts";

/** Limits of the runner's own parser (`ExpressionConstants`). */
const MAX_DEPTH = 50;
const MAX_LENGTH = 21_000;

/** Loosest first. Each level is left-associative. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="]];

const KEYWORDS: ReadonlyMap<string, null | boolean | number> = new Map<string, null | boolean | number>([
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
]);

/**
 * Parses one expression, without `${{ }}`. `offset` is added to every span. Names of contexts and functions are not
 * judged here: `unrecognized` tells which of them today's runner would reject.
 *
 * Grammar and limits follow `LexicalAnalyzer` and `ExpressionParser` of actions/runner.
 */
export function parseExpression(text: string, offset = 0): ParseResult {
  const end = offset + text.length;
  if (text.length > MAX_LENGTH) {
    const span = { start: offset, end };
    return { ok: false, problem: { message: `The expression is longer than ${MAX_LENGTH} characters`, span } };
  }
  try {
    return { ok: true, tree: new Parser(tokenize(text, offset), { kind: "end", span: { start: end, end } }).parse() };
  } catch (error) {
    if (error instanceof SyntaxFault) return { ok: false, problem: { message: error.message, span: error.span } };
    throw error;
  }
}

class SyntaxFault extends Error {
  readonly span: Span;
  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

interface End {
  readonly kind: "end";
  readonly span: Span;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: End;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: End) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parse(): Expression {
    const tree = this.#binary(0);
    if (this.#peek().kind !== "end") throw this.#unexpected();
    return tree;
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    let steps = 0;
    for (;;) {
      const token = this.#peek();
      const operator = operators.find((each) => isPunctuation(token, each));
      if (operator === undefined) return left;
      // Chains of && and || are flat for the runner; comparisons nest.
      if (level > 1) this.#limit(++steps);
      this.#at++;
      const right = this.#binary(level + 1);
      left = { kind: "binary", span: join(left, right), operator, operatorSpan: token.span, left, right };
    }
  }

  #unary(): Expression {
    const token = this.#peek();
    if (!isPunctuation(token, "!")) return this.#postfix();
    this.#at++;
    const operand = this.#nested(() => this.#unary());
    return { kind: "not", span: { start: token.span.start, end: operand.span.end }, operand };
  }

  #postfix(): Expression {
    let object = this.#primary();
    for (let steps = 1; object.kind !== "literal"; steps++) {
      const token = this.#peek();
      if (isPunctuation(token, ".")) object = this.#property(object);
      else if (isPunctuation(token, "[")) object = this.#index(object);
      else break;
      this.#limit(steps);
    }
    return object;
  }

  #property(object: Expression): Expression {
    this.#at++;
    const token = this.#next();
    if (token.kind !== "name" && !isPunctuation(token, "*")) throw this.#unexpected(token);
    return { kind: "property", span: { start: object.span.start, end: token.span.end }, object, name: token.text };
  }

  #index(object: Expression): Expression {
    this.#at++;
    const star = isPunctuation(this.#peek(), "*");
    if (star) this.#at++;
    const index = star ? undefined : this.#nested(() => this.#binary(0));
    const end = this.#expect("]").span.end;
    return { kind: "index", span: { start: object.span.start, end }, object, index };
  }

  #primary(): Expression {
    const token = this.#next();
    const { span } = token;
    switch (token.kind) {
      case "number":
      case "string":
        return { kind: "literal", span, value: token.value };
      case "name":
        return this.#named(token.text, span);
      case "punctuation":
        if (token.text === "(") return this.#group(span.start);
        break;
      default:
    }
    throw this.#unexpected(token);
  }

  #group(start: number): Expression {
    const inner = this.#nested(() => this.#binary(0));
    return { kind: "group", span: { start, end: this.#expect(")").span.end }, inner };
  }

  #named(name: string, span: Span): Expression {
    const keyword = KEYWORDS.get(name);
    if (keyword !== undefined) return { kind: "literal", span, value: keyword };
    if (!isPunctuation(this.#peek(), "(")) return { kind: "context", span, name };
    this.#at++;
    const args: Expression[] = [];
    if (!isPunctuation(this.#peek(), ")")) {
      do args.push(this.#nested(() => this.#binary(0)));
      while (this.#skip(","));
    }
    return { kind: "call", span: { start: span.start, end: this.#expect(")").span.end }, name, args };
  }

  #nested<T>(read: () => T): T {
    this.#limit(1);
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  #limit(more: number): void {
    if (this.#depth + more < MAX_DEPTH) return;
    throw new SyntaxFault(`The expression is nested more than ${MAX_DEPTH} levels deep`, this.#peek().span);
  }

  #peek(): Token | End {
    return this.#tokens[this.#at] ?? this.#end;
  }

  #next(): Token | End {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #skip(text: Punctuation): boolean {
    const found = isPunctuation(this.#peek(), text);
    if (found) this.#at++;
    return found;
  }

  #expect(text: Punctuation): Token | End {
    const token = this.#peek();
    if (!this.#skip(text)) throw this.#unexpected(token);
    return token;
  }

  #unexpected(token: Token | End = this.#peek()): SyntaxFault {
    if (token.kind === "end") return new SyntaxFault("The expression ends too early", token.span);
    return new SyntaxFault(`Unexpected ${describe(token)}`, token.span);
  }
}

function isPunctuation<T extends Punctuation>(
  token: Token | End,
  text: T,
): token is Token & { kind: "punctuation"; text: T } {
  return token.kind === "punctuation" && token.text === text;
}

function describe(token: Token): string {
  return token.kind === "number" || token.kind === "string"
    ? `${token.kind} ${JSON.stringify(token.value)}`
    : JSON.stringify(token.text);
}

function join(left: Expression, right: Expression): Span {
  return { start: left.span.start, end: right.span.end };
}
