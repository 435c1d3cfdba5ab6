const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const ASCII = /^[ -~]*$/;

/** Made when it is first needed: it takes ten milliseconds, and most text is ASCII. */
let graphemes: Intl.Segmenter | undefined;

/** One thing a terminal draws: a character with what combines with it. `width` is in columns: 0, 1 or 2. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** The cells of a text that is safe to show already. */
export function cells(text: string): Cell[] {
  if (ASCII.test(text)) return Array.from(text, (character) => ({ text: character, width: 1 }));
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => ({ text: segment, width: graphemeWidth(segment) }));
}

function graphemeWidth(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}

/** Terminal columns that a text takes. */
export function displayWidth(text: string): number {
  return ASCII.test(text) ? text.length : columns(cells(text));
}

/** Fills a text with blanks up to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts a text to a width; what is cut off is shown as `…`. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let used = 0;
  let result = "";
  for (const cell of cells(text)) {
    if (used + cell.width > width - 1) break;
    used += cell.width;
    result += cell.text;
  }
  return `${result}…`;
}

/**
 * Breaks a text at blanks into lines of at most `width` columns; a longer word is broken where the line ends. From the second line
 * on `hang` columns are left free for an indent.
 */
export function wrap(text: string, width: number, hang = 0): string[] {
  const lines: string[] = [];
  let line = "";
  const room = (): number => Math.max(lines.length === 0 ? width : width - hang, 8);
  for (const word of text.split(" ")) {
    for (const [index, piece] of pieces(word, Math.max(width - hang, 8)).entries()) {
      const fits = line === "" || displayWidth(line) + 1 + displayWidth(piece) <= room();
      if (index > 0 || !fits) {
        lines.push(line);
        line = piece;
      } else {
        line = line === "" ? piece : `${line} ${piece}`;
      }
    }
  }
  return [...lines, line];
}

/** From this width on a text is prose, not a column of a table: a link then stays whole, so that a terminal can open it. */
const PROSE = 60;

/** A long word is broken behind a joint (`-`, `_`, `/`, `.`) where one is not far. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width || (width >= PROSE && word.includes("://"))) return [word];
  const result: string[] = [];
  let piece: Cell[] = [];
  for (const cell of cells(word)) {
    if (columns(piece) + cell.width > width) {
      const joint = piece.findLastIndex(({ text }) => /[-_/.]/.test(text)) + 1;
      const end = joint * 2 > piece.length ? joint : piece.length;
      result.push(join(piece.slice(0, end)));
      piece = piece.slice(end);
    }
    piece.push(cell);
  }
  return [...result, join(piece)];
}

function join(piece: readonly Cell[]): string {
  return piece.map(({ text }) => text).join("");
}

function columns(piece: readonly Cell[]): number {
  return piece.reduce((sum, cell) => sum + cell.width, 0);
}
