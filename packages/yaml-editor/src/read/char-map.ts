/** The decoded characters of a scalar, each with the range of the file that stands for it. */
export class CharMap {
  #text = "";
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #origin: number;

  /** `origin` is where an empty text lies. */
  constructor(origin: number) {
    this.#origin = origin;
  }

  get text(): string {
    return this.#text;
  }

  /** Adds decoded text that one range of the file stands for. */
  add(text: string, start: number, end: number): void {
    this.#text += text;
    for (let unit = 0; unit < text.length; unit += 1) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** Adds characters that stand in the file as they are. */
  addVerbatim(source: string, start: number, end: number): void {
    this.#text += source.slice(start, end);
    for (let at = start; at < end; at += 1) {
      this.#starts.push(at);
      this.#ends.push(at + 1);
    }
  }

  /** Offset of the character at an index; for the length of the text, the end of the last one. */
  start(index: number): number {
    return this.#starts[index] ?? this.#ends.at(-1) ?? this.#origin;
  }

  /** Offset behind the character before an index above 0. */
  endBefore(index: number): number {
    return this.#ends[index - 1] ?? this.#origin;
  }

  /** False where an index falls between two characters that one range of the file stands for. */
  isBoundary(index: number): boolean {
    if (index === 0) return true;
    return this.#starts[index] !== this.#starts[index - 1] || this.#ends[index] !== this.#ends[index - 1];
  }
}
