import type { LocatedFinding, RegisterMatch } from "@ci-fix/register";
import type { ScanError, ScanResult } from "@ci-fix/runner";
import { clip } from "../clip.ts";
import { renderSummary } from "../findings.ts";
import { createStyle } from "../style.ts";
import { triage, type Triage } from "../triage.ts";
import { count } from "../words.ts";
import { detail, tableRow } from "./detail.ts";
import { code, prose } from "./escape.ts";

export interface MarkdownOptions {
  /** `YYYY-MM-DD`: the day on which exceptions are judged. */
  readonly date: string;
  /** Markdown to begin with, in place of the line that sums the scan up; its line ends are its own. */
  readonly head?: string;
}

/** GitHub refuses a longer comment. (A job summary may have a mebibyte.) */
const COMMENT_LIMIT = 65_536;
/** The part of the room that the table may take from the details. */
const TABLE_SHARE = 0.6;
/** Room for the sentences that say what was left out. */
const RESERVE = 400;
/** Room for files that could not be read. */
const UNREAD_ROOM = 8000;
const MOST_IDS = 20;
const LONGEST_ID = 40;
const LONGEST = 300;
const TABLE_HEAD = "| Severity | Class | Place | What |\n|---|---|---|---|";

/**
 * A scan for a job summary or a comment: one line that sums it up, a table, and the findings to unfold. At most 65,536 UTF-16
 * units; where that is not enough it says how many are left out. Text from files shows as it is written and does nothing.
 */
export function renderMarkdown(scan: ScanResult, match: RegisterMatch, options: MarkdownOptions): string {
  const sorted = triage(scan, match, options.date);
  const summary = (): string => renderSummary(scan, sorted, createStyle({ color: false, width: 80 }));
  const head = options.head ?? `### ci-fix\n\n**${summary()}**\n`;
  const foot = [...settledLines(sorted, match), ...unreadLines(scan.errors)];
  const tail = foot.length === 0 ? "" : `\n${foot.join("\n")}\n`;
  return head + renderOpen(sorted.open, match, COMMENT_LIMIT - head.length - tail.length - RESERVE) + tail;
}

function renderOpen(open: readonly LocatedFinding[], match: RegisterMatch, room: number): string {
  if (open.length === 0) return "";
  const rows = fitting(open, (located) => tableRow(located, match.ids.get(located)), room * TABLE_SHARE);
  const table = rows.length === 0 ? "" : `\n${TABLE_HEAD}\n${rows.join("\n")}\n`;
  const details = fitting(open, (located) => detail(located, match.ids.get(located)), room - table.length);
  return [
    table,
    leftOut(open.length - rows.length, (number) => count(number, "more finding")),
    ...details.map((text) => `\n${text}\n`),
    leftOut(open.length - details.length, (number) => `the details of ${count(number, "finding")}`),
  ].join("");
}

/** The first items whose blocks have room together; each takes two line breaks. */
function fitting<Item>(items: readonly Item[], render: (item: Item) => string, room: number): string[] {
  const blocks: string[] = [];
  let used = TABLE_HEAD.length;
  for (const item of items) {
    const block = render(item);
    used += block.length + 2;
    if (used > room) break;
    blocks.push(block);
  }
  return blocks;
}

function leftOut(number: number, what: (number: number) => string): string {
  return number === 0
    ? ""
    : `\n… and ${what(number)}, for which there is no room here: ${code("ci-fix scan")} shows all.\n`;
}

function settledLines({ accepted, deferred }: Triage, match: RegisterMatch): string[] {
  const line = (word: string, findings: readonly LocatedFinding[]): string[] => {
    const ids = [...new Set(findings.flatMap((located) => match.ids.get(located) ?? []))];
    if (ids.length === 0) return [];
    const shown = ids.slice(0, MOST_IDS).map((id) => code(clip(id, LONGEST_ID)));
    const more = ids.length > shown.length ? ` and ${ids.length - shown.length} more` : "";
    return [`- ${word} in the register: ${shown.join(", ")}${more}`];
  };
  return [...line("accepted", accepted), ...line("deferred", deferred)];
}

function unreadLines(errors: readonly ScanError[]): string[] {
  const lines = fitting(errors, unreadLine, UNREAD_ROOM);
  const more = errors.length - lines.length;
  return more > 0 ? [...lines, `- ${count(more, "more file")} could not be read`] : lines;
}

function unreadLine({ file, line, message }: ScanError): string {
  const place = clip(file, LONGEST) + (line === undefined ? "" : `:${line}`);
  return `- could not be read: ${code(place)}: ${prose(clip(message, LONGEST))}`;
}
