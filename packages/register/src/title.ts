import type { LocatedFinding } from "./types.ts";

const LONGEST = 120;

/** A new risk's title: what its findings say, in one line. A person may change it; it is never written again. */
export function titleOf(findings: readonly LocatedFinding[]): string {
  const messages = [...new Set(findings.map((located) => onOneLine(located.finding.message)))];
  const [first = "", ...others] = messages;
  if (others.length === 0)
    return findings.length > 1 ? `${clipped(first)} (${findings.length} places)` : clipped(first);
  return others.length === 1 ? clipped(`${first}; ${others.join("")}`) : `${clipped(first)}, and ${others.length} more`;
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

function clipped(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST
    ? `${characters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`
    : text;
}
