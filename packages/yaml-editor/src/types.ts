/** A position in a document: keys of maps and zero-based indexes of lists. The first segment is the zero-based index of the document in the file. */
export type Path = readonly [document: number, ...segments: (string | number)[]];

/** A half-open range. Units are UTF-16 offsets into `YamlFile.text`, unless a name says bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as people count it: 1-based line, 1-based column in UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** One comment. `text` is what follows the `#`, untrimmed; `span` covers the `#` up to, not including, the line break. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
  /** 1-based. */
  readonly line: number;
  /** True if only blanks stand before it on its line. */
  readonly ownLine: boolean;
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";
export type ScalarValue = string | number | boolean | null;

interface NodeBase {
  readonly path: Path;
  /** The node itself: from its first character (anchor and tag included) to the end of its content; no trailing comment or line break. */
  readonly span: Span;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

export interface YamlScalar extends NodeBase {
  readonly kind: "scalar";
  /** The resolved value under YAML 1.2 core. */
  readonly value: ScalarValue;
  /** The decoded characters (what a string reader would get), also where `value` is not a string. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** Offset in the file of the character `text[index]`; `index === text.length` gives the end of the last character. */
  sourceOffset(index: number): number;
}

export interface YamlAlias extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  /** The node it stands for; undefined where it cannot be resolved. */
  readonly target: YamlNode | undefined;
}

export interface YamlMap extends NodeBase {
  readonly kind: "map";
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
  /** The entry with this key, as written (merge keys are not followed). */
  get(key: string): YamlEntry | undefined;
}

export interface YamlSequence extends NodeBase {
  readonly kind: "sequence";
  readonly flow: boolean;
  readonly items: readonly YamlItem[];
}

export type YamlNode = YamlScalar | YamlAlias | YamlMap | YamlSequence;

/** The comments that belong to an entry or item by the rules of the editor (see the package README). */
export interface OwnComments {
  /** The block directly above, same column, no blank line between; in file order. */
  readonly leading: readonly Comment[];
  /** Behind the node on its first line (for a scalar: on its last line). */
  readonly trailing: Comment | undefined;
}

/** A key with its value in a map. */
export interface YamlEntry {
  readonly kind: "entry";
  readonly path: Path;
  /** The key as a string (`"on"` for the key `on`). */
  readonly key: string;
  readonly keySpan: Span;
  /** Undefined where nothing is written after the colon. */
  readonly value: YamlNode | undefined;
  /** From the key's first character to the end of the value. */
  readonly span: Span;
  /** Lazy. */
  readonly comments: OwnComments;
}

/** An item of a list. `span` starts at the dash (block) or at the value (flow). */
export interface YamlItem {
  readonly kind: "item";
  readonly path: Path;
  readonly value: YamlNode | undefined;
  readonly span: Span;
  /** Lazy. */
  readonly comments: OwnComments;
}

/** A parsed file. Immutable; every edit starts from it and names places in it. */
export interface YamlFile {
  /** The file as it is on disk. */
  readonly bytes: Uint8Array;
  /** The decoded text, a leading BOM included as U+FEFF, so that offsets and bytes agree. */
  readonly text: string;
  /** The root node of each document; undefined for an empty one. */
  readonly documents: readonly (YamlNode | undefined)[];
  /** Every comment of the file in order. */
  readonly comments: readonly Comment[];
  /** The entry or item at a path; undefined where there is none or where a duplicate key makes it ambiguous. */
  at(path: Path): YamlEntry | YamlItem | undefined;
  /** The value at a path (aliases are not followed). The path of a document alone gives its root. */
  node(path: Path): YamlNode | undefined;
  /** Every entry and item, depth first, in file order. */
  walk(): Iterable<YamlEntry | YamlItem>;
  lineColumn(offset: number): LineColumn;
  /** UTF-16 offset to byte offset in `bytes`. */
  byteOffset(offset: number): number;
  /** Plain JavaScript data of a document, for checks; merge keys applied. */
  toJS(document?: number): unknown;
}

/** Why a file or an edit was refused. Closed: every consumer can switch over it. */
export type RefusalCode =
  | "invalid-utf8"
  | "parse-error"
  | "too-deep"
  | "too-large"
  | "alias-bomb"
  | "no-such-target"
  | "ambiguous-target"
  | "wrong-target-kind"
  | "anchor-in-use"
  | "alias-target"
  | "merge-key"
  | "last-entry"
  | "key-exists"
  | "overlapping-edits"
  | "unmappable-range"
  | "cannot-represent"
  | "comment-would-change"
  | "check-failed";

/** A refusal is a value, never an exception. */
export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for a person. */
  readonly message: string;
  /** Where in the original text, if known. */
  readonly span?: Span;
  /** 1-based, if known. */
  readonly at?: LineColumn;
  /** Zero-based index into the batch, for a refused edit. */
  readonly edit?: number;
}

/** A value to be written by an insertion: a scalar, or plain nested data written in block style. */
export type NewValue = ScalarValue | readonly NewValue[] | { readonly [key: string]: NewValue };

export type Edit =
  /** Deletes a map entry or list item with its own comments. `note` lines (without `#`) take its place at its column. */
  | { readonly kind: "delete"; readonly path: Path; readonly note?: readonly string[] }
  /** Sets a scalar; keeps its style and comment. */
  | { readonly kind: "set"; readonly path: Path; readonly value: ScalarValue }
  /** Replaces `text.slice(start, end)` of a scalar's decoded text; header, quotes, indentation and folding elsewhere stay. */
  | {
      readonly kind: "replace-in-scalar";
      readonly path: Path;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    }
  /** Comment lines (without `#`) above an entry or item, under those it has; `replace` drops its leading block first. */
  | {
      readonly kind: "comment-above";
      readonly path: Path;
      readonly lines: readonly string[];
      readonly replace?: boolean;
    }
  /** Sets (or with null removes) the comment behind an entry or item on its line. */
  | { readonly kind: "comment-at"; readonly path: Path; readonly text: string | null }
  /** Inserts a key into the map at `path`, after or before a sibling, else at the end. */
  | {
      readonly kind: "insert-key";
      readonly path: Path;
      readonly key: string;
      readonly value: NewValue;
      readonly after?: string;
      readonly before?: string;
    }
  /** Inserts an item into the list at `path` so that it becomes item `index`; the length appends. */
  | { readonly kind: "insert-item"; readonly path: Path; readonly index: number; readonly value: NewValue }
  | { readonly kind: "rename-key"; readonly path: Path; readonly key: string };

/** A change of the original file. `start` and `end` are byte offsets in it. */
export interface ByteSplice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Applied {
  readonly ok: true;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Sorted, not overlapping, none empty on both sides; byte offsets in the original. */
  readonly splices: readonly ByteSplice[];
  /** Comments of the original that are not in the result. */
  readonly removedComments: readonly Comment[];
  /** Zero-based indexes of edits that fell inside a deleted node. */
  readonly absorbed: readonly number[];
}

export interface Refused {
  readonly ok: false;
  readonly refusals: readonly Refusal[];
}

export type ApplyResult = Applied | Refused;
export type OpenResult = { readonly ok: true; readonly file: YamlFile } | Refused;
