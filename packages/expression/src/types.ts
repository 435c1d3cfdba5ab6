/** A half-open range of UTF-16 offsets into the text that was parsed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value of the expression language. Objects and arrays are by reference, as in the runner. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export type BinaryOperator = "&&" | "||" | "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Expression =
  | { readonly kind: "literal"; readonly span: Span; readonly value: null | boolean | number | string }
  /** A named context such as `github`, `needs`, `steps`. */
  | { readonly kind: "context"; readonly span: Span; readonly name: string }
  /** `object.name`, or `object.*` where `name` is `*`. */
  | { readonly kind: "property"; readonly span: Span; readonly object: Expression; readonly name: string }
  /** `object[index]`; `index` is undefined for `[*]`. */
  | { readonly kind: "index"; readonly span: Span; readonly object: Expression; readonly index: Expression | undefined }
  | { readonly kind: "call"; readonly span: Span; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "not"; readonly span: Span; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly span: Span;
      readonly operator: BinaryOperator;
      readonly operatorSpan: Span;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "group"; readonly span: Span; readonly inner: Expression };

export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

export type ParseResult =
  | { readonly ok: true; readonly tree: Expression }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/** One piece of a templated string: text as it stands, or the inside of `${{ }}`. */
export type TemplatePart =
  | { readonly kind: "text"; readonly span: Span; readonly text: string }
  /** `span` covers `${{` to `}}`. */
  | { readonly kind: "expression"; readonly span: Span; readonly inner: Span; readonly parsed: ParseResult };

/**
 * How the runner reads an `if`:
 * `bare` – the whole text is an expression; `wrapped` – one `${{ }}` and nothing around it;
 * `text` – text stands around `${{ }}`, so the value is a non-empty string, which is true;
 * `empty` – same as `success()`; `invalid` – it does not parse.
 */
export type ConditionForm = "bare" | "wrapped" | "text" | "empty" | "invalid";

/** A parsed condition. All spans are offsets into `text`. */
export interface ParsedCondition {
  readonly text: string;
  readonly form: ConditionForm;
  /** For `bare` and `wrapped`. */
  readonly tree: Expression | undefined;
  readonly parts: readonly TemplatePart[];
  readonly problem: SyntaxProblem | undefined;
  /** True if `success`, `failure`, `always` or `cancelled` is called anywhere in the tree. */
  readonly hasStatusFunction: boolean;
  /** What it folds to with nothing known of any context and any status: `undefined` is "depends". The implicit `success() &&` is not folded in. */
  readonly constant: boolean | undefined;
}

/** A replacement in the text of a condition. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type SimplifyRefusal = "no-guard" | "not-an-expression" | "loses-status-function" | "nothing-left" | "not-equal";

/**
 * The repair of `false && X`. `replacement` is the whole new text of the condition, `edits` the smallest byte-exact way to it;
 * `restored` is the part that had been switched off.
 */
export type UnguardResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[]; readonly replacement: string; readonly restored: string }
  | { readonly ok: false; readonly reason: SimplifyRefusal; readonly message: string };
