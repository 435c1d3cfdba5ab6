import type { LineColumn } from "../types.ts";

/** Where the lines of a text begin. A line break is LF, alone or after CR, as YAML 1.2 parsers in the field count it. */
export class LineIndex {
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Found when the first question is asked: most files that are opened are asked none. */
  get starts(): readonly number[] {
    this.#starts ??= this.#find();
    return this.#starts;
  }

  #find(): number[] {
    const { text } = this;
    // A byte order mark is no part of the first line.
    const starts = [text.startsWith("\uFEFF") ? 1 : 0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }

  /** 0-based number of the line that holds an offset. */
  lineAt(offset: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get count(): number {
    return this.starts.length;
  }

  /** Offset of the first character of a 0-based line; the end of the text for a line after the last. */
  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Offset of the line break that ends a line (of its CR, if there is one), or the end of the text. */
  contentEnd(line: number): number {
    const next = this.starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }

  /** The line break that ends a line: LF, CR LF, or nothing at the end of the text. */
  breakAfter(line: number): string {
    return this.text.slice(this.contentEnd(line), this.start(line + 1));
  }

  isBlank(line: number): boolean {
    return /^[ \t]*$/u.test(this.text.slice(this.start(line), this.contentEnd(line)));
  }

  position(offset: number): LineColumn {
    const line = this.lineAt(offset);
    return { line: line + 1, column: offset - this.start(line) + 1 };
  }
}
