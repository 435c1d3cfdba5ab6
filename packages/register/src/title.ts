import type { LocatedFinding } from "./types.ts";

const LONGEST = 140;
const NAMED = 2;

/** A new risk's title: what its findings say, in one line. A person may change it; it is never written again. */
export function titleOf(findings: readonly LocatedFinding[]): string {
  const messages = findings.map((located) => onOneLine(located.finding.message) || located.finding.class);
  const different = [...new Set(messages)];
  const [first = "", ...others] = different;
  if (messages.length === 1) return clipped(first);
  if (others.length === 0) return `${clipped(first)} (${messages.length} places)`;
  const ending = commonEnding(different);
  if (ending.length < 2 || !isForMany(ending)) return `${clipped(first)}, and ${others.length} more`;
  const subjects = different.map((message) => message.split(" ").slice(0, -ending.length).join(" "));
  return clipped(`${enumerated(subjects)} ${ending.join(" ")}`);
}

/** "may fail" is said of one and of many; "never runs" is not. */
function isForMany([verb = ""]: readonly string[]): boolean {
  return ["can", "could", "may", "might", "must", "will"].includes(verb);
}

/** The words that all messages end with; no message is all ending. */
function commonEnding(messages: readonly string[]): readonly string[] {
  const [first = [], ...others] = messages.map((message) => message.split(" "));
  const most = Math.min(...messages.map((message) => message.split(" ").length)) - 1;
  let length = 0;
  while (length < most && others.every((words) => words.at(-1 - length) === first.at(-1 - length))) length++;
  return length === 0 ? [] : outsideQuotes(first.slice(-length));
}

/** Without the end of a name in quotes that the words begin in. */
function outsideQuotes(words: readonly string[]): readonly string[] {
  const quotes = words.join(" ").split('"').length - 1;
  return quotes % 2 === 0 ? words : words.slice(words.findIndex((word) => word.includes('"')) + 1);
}

function enumerated(subjects: readonly string[]): string {
  const named = subjects.slice(0, subjects.length > NAMED + 1 ? NAMED : NAMED + 1);
  const left = subjects.length - named.length;
  const last = left > 0 ? `${left} more` : (named.pop() ?? "");
  return `${named.join(", ")} and ${last}`;
}

function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, " ").trim();
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
