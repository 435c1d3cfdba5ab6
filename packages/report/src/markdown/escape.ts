import { visible } from "../visible.ts";

/** Keeps two halves of a word apart for GitHub, which then makes no link, mention or emoji of it. */
const BREAK = "&#8203;";

/**
 * What GitHub makes something of in finished text, code aside: commit ids, `GH-12`, `CVE-…`, `#12`, `:tada:`; in code as well:
 * `www.`, `https://`, `a@b.c`; and every mark that Markdown or HTML acts on.
 */
const IN_PROSE = /\b[\da-f]{7,40}\b|\b(?:gh|ghsa|cve)-(?=\w)|www(?=\.)|:(?=[\w+/-])|[&<>\\`*_[\]|~#$@]/gi;
const IN_CODE = /www(?=\.)|:(?=\/\/)|[&<>\\`*_[\]|~#$@]/gi;

/**
 * Text from outside as words in a Markdown paragraph, a table's cell or an HTML tag: it shows as it is written and does
 * nothing. Marks become character references, which none of the three acts on.
 */
export function prose(text: string): string {
  return visible(text).replace(IN_PROSE, (found) => {
    if (found === "$") return "<span>&#36;</span>";
    if (found === "#") return reference(found) + BREAK;
    return /^[\da-f]{7,}$/i.test(found) ? found.replaceAll(/.{6}(?!$)/g, `$&${BREAK}`) : inert(found);
  });
}

/** The same as code. */
export function code(text: string): string {
  return `<code>${visible(text).replace(IN_CODE, inert)}</code>`;
}

/** Lines as a block of code. They must be safe to show; the fence is longer than any in them. `language` is ours, for the colours. */
export function codeBlock(lines: readonly string[], language: "text" | "diff" | "json" = "text"): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

/** A mark as a character reference; what makes links is kept from its other half. */
function inert(found: string): string {
  if (found === "@") return reference(found) + BREAK;
  return /^[\w:]/.test(found) && found !== "_" ? found + BREAK : reference(found);
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
