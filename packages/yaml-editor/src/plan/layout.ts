import { LineIndex } from "../read/lines.ts";
import { childrenOf, type ChildRecord, type CollectionRecord, isCollection } from "../read/nodes.ts";
import type { SourceFile } from "../read/source-file.ts";

/** How a file writes what is nested: the step of indentation, and whether lists stand in the column of their key. */
export interface Habits {
  readonly step: number;
  readonly flatLists: boolean;
}

/** Answers questions of place: which lines a node takes, with its comments and the blank lines around it. Lines are 0-based. */
export class Layout {
  readonly file: SourceFile;
  /** The text of the file, with the final line break completed if it is missing, so that every line ends in one. */
  readonly text: string;
  readonly lines: LineIndex;
  /** The completed final line break; empty if the file has its own. */
  readonly completed: string;
  readonly #defaultBreak: string;
  readonly #spaced = new Map<CollectionRecord, boolean>();
  #habits: Habits | undefined;

  constructor(file: SourceFile) {
    this.file = file;
    this.#defaultBreak = file.lines.count > 1 ? file.lines.breakAfter(file.lines.count - 2) : "\n";
    this.completed = file.text === "" || file.text.endsWith("\n") ? "" : this.#defaultBreak;
    this.text = file.text + this.completed;
    this.lines = this.completed === "" ? file.lines : new LineIndex(this.text);
  }

  /** The line break in use around a line. */
  breakAt(line: number): string {
    return this.lines.breakAfter(line) || this.#defaultBreak;
  }

  firstLine(child: ChildRecord): number {
    return this.lines.lineAt(child.span.start);
  }

  column(child: ChildRecord): number {
    return child.span.start - this.lines.start(this.firstLine(child));
  }

  /** What stands before a child on its line. */
  before(child: ChildRecord): string {
    return this.text.slice(this.lines.start(this.firstLine(child)), child.span.start);
  }

  isFirstOnLine(child: ChildRecord): boolean {
    return /^[ \t]*$/u.test(this.before(child));
  }

  /** Leading bytes for a new line at a child's column. */
  indent(child: ChildRecord): string {
    return this.before(child).replaceAll(/[^ \t]/gu, " ");
  }

  /** First line of a child with its leading comments. */
  top(child: ChildRecord): number {
    const first = child.comments.leading[0];
    return first === undefined ? this.firstLine(child) : first.line - 1;
  }

  /** Last line of a child's content. */
  contentLine(child: ChildRecord): number {
    return this.lines.lineAt(child.span.end);
  }

  /** True where a child ends in a `|+` or `>+` scalar: blank lines below it are text. */
  endsInKeptBlanks(child: ChildRecord): boolean {
    let last: ChildRecord | undefined = child;
    while (last !== undefined && isCollection(last.value))
      last = last.value.flow ? undefined : childrenOf(last.value).at(-1);
    return last?.value?.kind === "scalar" && last.value.shape?.chomp === "keep";
  }

  /** Last line of a child with the deeper comments glued below it. */
  gluedBottom(child: ChildRecord): number {
    let line = this.contentLine(child);
    while (this.#isDeeperComment(line + 1, this.column(child))) line += 1;
    return line;
  }

  /** Last line of all that goes with a child: of a collection also deeper comments after blank lines, unless they stand directly above what follows. */
  bottom(child: ChildRecord): number {
    let bottom = this.gluedBottom(child);
    if (!isCollection(child.value)) return bottom;
    const column = this.column(child);
    for (;;) {
      const start = bottom + 1 + this.blanksBelow(bottom);
      let next = start;
      while (this.#isDeeperComment(next, column)) next += 1;
      if (next === start || this.#isContentAt(next, column)) return bottom;
      bottom = next - 1;
    }
  }

  /** Number of blank lines directly above a line. */
  blanksAbove(line: number): number {
    let count = 0;
    while (line - count - 1 >= 0 && this.lines.isBlank(line - count - 1)) count += 1;
    return count;
  }

  /** Number of blank lines directly below a line. */
  blanksBelow(line: number): number {
    // The piece after the last line break is no line.
    const end = this.lines.count - 1;
    let count = 0;
    while (line + count + 1 < end && this.lines.isBlank(line + count + 1)) count += 1;
    return count;
  }

  isComment(line: number): boolean {
    return this.file.commentOnLine(line)?.ownLine === true;
  }

  /** What the first nested block collections of the file show. */
  get habits(): Habits {
    this.#habits ??= this.#measure();
    return this.#habits;
  }

  /** True where more children of a collection have blank lines between them than not. */
  isSpaced(collection: CollectionRecord): boolean {
    let known = this.#spaced.get(collection);
    if (known === undefined) {
      const uppers = childrenOf(collection).slice(0, -1);
      const spaced = uppers.filter((child) => this.blanksBelow(this.gluedBottom(child)) > 0);
      known = spaced.length * 2 > uppers.length;
      this.#spaced.set(collection, known);
    }
    return known;
  }

  #measure(): Habits {
    let step: number | undefined;
    let flatLists: boolean | undefined;
    for (const child of this.file.walk()) {
      if (step !== undefined && flatLists !== undefined) break;
      const { kind, value } = child;
      if (kind !== "entry" || !isCollection(value) || value.flow) continue;
      const first = childrenOf(value)[0];
      if (first === undefined || !this.isFirstOnLine(first)) continue;
      const depth = this.column(first) - this.column(child);
      if (value.kind === "map") step ??= depth;
      else flatLists ??= depth === 0;
    }
    return { step: step ?? 2, flatLists: flatLists ?? false };
  }

  #isDeeperComment(line: number, column: number): boolean {
    const comment = this.file.commentOnLine(line);
    return comment?.ownLine === true && comment.span.start - this.lines.start(line) > column;
  }

  #isContentAt(line: number, column: number): boolean {
    const source = this.text.slice(this.lines.start(line), this.lines.contentEnd(line));
    return source.search(/[^ \t]/u) >= column;
  }
}

/** A comment line as it is written: a space after the `#` unless the text brings its own. */
export function commentSource(text: string): string {
  if (text === "") return "#";
  return /^[ \t#!]/u.test(text) ? `#${text}` : `# ${text}`;
}
