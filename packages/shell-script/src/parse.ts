import { parse, type Script } from "unbash";

/**
 * What stands in for a `${{ }}` while a script is parsed: a word of underscores, as long as the expression. It is an identifier, so it
 * fits wherever text fits: in and out of quotes, as a name, and in arithmetic.
 */
const maskChar = "_";
const shortestMask = 5;

/** The script with each expression of the CI system replaced by a word of the same length (UTF-16 units), so that offsets stay. */
export function maskExpressions(text: string): string {
  let masked = "";
  let at = 0;
  for (let start = text.indexOf("${{"); start >= 0; start = text.indexOf("${{", at)) {
    const end = endOfExpression(text, start + 3);
    masked += text.slice(at, start) + maskChar.repeat(end - start);
    at = end;
  }
  return masked + text.slice(at);
}

/** Quotes of the expression count: `${{ '}}' }}` ends at the last braces. Without an end it reaches to the end of the text. */
function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith("}}", at)) return at + 2;
  }
  const unquoted = text.indexOf("}}", from);
  return unquoted < 0 ? text.length : unquoted + 2;
}

/** True for a text of which a part is only known when the script runs. */
export function holdsMask(text: string): boolean {
  return text.includes(maskChar.repeat(shortestMask));
}

/** A word as a person would write it, with `${expression}` for what is masked. */
export function unmasked(text: string): string {
  return text.replace(/_{5,}/gu, () => "${expression}");
}

/** The tree of a script; undefined where it does not parse. Positions are UTF-16 offsets into the given text. */
export function parseScript(text: string): Script | undefined {
  const script = parse(maskExpressions(text));
  return (script.errors ?? []).length === 0 ? script : undefined;
}
