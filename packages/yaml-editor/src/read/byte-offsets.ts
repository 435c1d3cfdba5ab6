const STRIDE = 1024;

function unitBytes(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  // Half of a surrogate pair: the pair takes four bytes.
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

/** Maps UTF-16 offsets of a text to byte offsets of its UTF-8 form. */
export class ByteOffsets {
  readonly #text: string;
  readonly #ascii: boolean;
  #marks: number[] | undefined;

  constructor(text: string, byteLength: number) {
    this.#text = text;
    this.#ascii = byteLength === text.length;
  }

  at(offset: number): number {
    if (this.#ascii) return offset;
    this.#marks ??= this.#mark();
    const stride = Math.floor(offset / STRIDE);
    return (this.#marks[stride] ?? 0) + this.#count(stride * STRIDE, offset);
  }

  #mark(): number[] {
    const marks = [0];
    let total = 0;
    for (let start = 0; start + STRIDE <= this.#text.length; start += STRIDE) {
      total += this.#count(start, start + STRIDE);
      marks.push(total);
    }
    return marks;
  }

  #count(start: number, end: number): number {
    let bytes = 0;
    for (let index = start; index < end; index += 1) bytes += unitBytes(this.#text.charCodeAt(index));
    return bytes;
  }
}
