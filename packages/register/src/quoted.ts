const LONGEST = 80;

/** Text from a file, fit to be shown: in quotes, on one line, control and invisible characters escaped, clipped. */
export function quoted(text: string): string {
  const characters = Array.from(text);
  const clipped = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
  return `"${clipped.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped)}"`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
