/**
 * What a terminal would act on or hide instead of showing: C0 and C1 controls, DEL, bidirectional controls, invisible
 * characters, line and paragraph separators, tag characters, lone surrogates. Joiners (U+200C, U+200D) stay: emoji and several scripts need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Text from a file, a path or git, safe to show on one line: every character that a terminal would act on or hide is written as an
 * escape (`\n`, `\x1b`, `\u202e`).
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, escaped);
}

/** The same for the inside of JSON text: the value stays what it was. `##[` in a log would be a command to GitHub's runner. */
export function visibleJson(json: string): string {
  return json
    .replace(UNSAFE, (character) => (character === "\n" ? character : unicodeEscapes(character)))
    .replaceAll("##[", String.raw`#\u0023[`);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}

function unicodeEscapes(character: string): string {
  let escapes = "";
  for (let index = 0; index < character.length; index += 1)
    escapes += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  return escapes;
}
