import type { LocatedFinding } from "@ci-fix/register";
import type { Span } from "@ci-fix/yaml-editor";
import type { Style } from "./style.ts";
import { cells, type Cell } from "./text-width.ts";
import { visible } from "./visible.ts";

/** A line of a file cut into what stands before, inside and behind a span. */
interface MarkedLine {
  readonly number: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

interface MarkedCell extends Cell {
  readonly marked: boolean;
}

const TAB = "    ";
/** Columns kept in view before a span that stands too far right. */
const LEAD = 12;

/** Width of the column of line numbers for a finding. */
export function gutterWidth(located: LocatedFinding): number {
  const { span } = located.finding.at;
  return String(located.workflow.file.yaml.lineColumn(Math.max(span.start, span.end - 1)).line).length;
}

/** The lines a finding is about: where its unit starts, and the span itself with a pointer under it. */
export function renderExcerpt(located: LocatedFinding, style: Style): string[] {
  const { yaml } = located.workflow.file;
  const { span } = located.finding.at;
  const target = yaml.lineColumn(span.start).line;
  const last = yaml.lineColumn(Math.max(span.start, span.end - 1)).line;
  const gutter = gutterWidth(located);
  const bar = style.paint("gutter", `${" ".repeat(gutter)} |`);
  const room = Math.max(style.width - gutter - 3, 20);
  const lines = [bar];
  const head = unitLine(located);
  if (head !== undefined && head < target) {
    lines.push(sourceLine(lineAt(yaml.text, head), gutter, room, style));
    if (target - head === 2) lines.push(sourceLine(lineAt(yaml.text, head + 1), gutter, room, style));
    if (target - head > 2) lines.push(style.paint("gutter", "..."));
  }
  const marked = markLine(lineAt(yaml.text, target), span);
  const view = window(toCells(marked), room);
  const pointer = renderPointer(view, last === target ? "" : ` to line ${last}`);
  lines.push(numbered(target, gutter, view.map((cell) => cell.text).join(""), style));
  return [
    ...lines,
    `${bar} ${pointer.indent}${style.paint(located.finding.outcome.kind === "skip" ? "kept" : located.finding.severity, pointer.text)}`,
  ];
}

function unitLine(located: LocatedFinding): number | undefined {
  const { unit } = located.finding;
  const start = unit.kind === "step" ? unit.item.span.start : unit.entry?.span.start;
  return start === undefined ? undefined : located.workflow.file.yaml.lineColumn(start).line;
}

/** A line as it stands in the file, with the offset it starts at. */
interface SourceLine {
  readonly number: number;
  readonly start: number;
  readonly text: string;
}

function lineAt(text: string, number: number): SourceLine {
  let start = 0;
  for (let line = 1; line < number; line += 1) start = text.indexOf("\n", start) + 1;
  const end = text.indexOf("\n", start);
  return { number, start, text: text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "") };
}

/** Counted from the line's start, not by its column: a byte order mark has none. */
function markLine(line: SourceLine, span: Span): MarkedLine {
  const column = span.start - line.start;
  const content = line.text.trimEnd().length;
  const end = Math.max(Math.min(span.end - line.start, content), column + 1);
  return {
    number: line.number,
    before: line.text.slice(0, column),
    marked: line.text.slice(column, end),
    after: line.text.slice(end),
  };
}

function toCells(line: MarkedLine): MarkedCell[] {
  const part = (text: string, marked: boolean): MarkedCell[] =>
    cells(shown(text)).map(({ text: drawn, width }) => ({ text: drawn, width, marked }));
  return [...part(line.before, false), ...part(line.marked, true), ...part(line.after, false)];
}

/** A byte order mark takes no room in an editor; everything else that cannot be seen is shown as an escape. */
function shown(text: string): string {
  return text
    .replace(/^\ufeff/, "")
    .split("\t")
    .map(visible)
    .join(TAB);
}

/** The part of a line that fits: from its start if the marked part is then in view, else from a little before the marked part. */
function window(line: readonly MarkedCell[], room: number): MarkedCell[] {
  const total = line.reduce((sum, cell) => sum + cell.width, 0);
  if (total <= room) return [...line];
  const first = Math.max(
    line.findIndex((cell) => cell.marked),
    0,
  );
  const markedEnd = columns(line.slice(0, line.findLastIndex((cell) => cell.marked) + 1));
  const from = markedEnd < room || columns(line.slice(0, first)) < LEAD * 2 ? 0 : Math.max(first - LEAD, 0);
  const ellipsis: MarkedCell = { text: "…", width: 1, marked: false };
  const view: MarkedCell[] = from > 0 ? [ellipsis] : [];
  let used = from > 0 ? 1 : 0;
  for (const cell of line.slice(from)) {
    if (used + cell.width > room - 1) return [...view, ellipsis];
    view.push(cell);
    used += cell.width;
  }
  return view;
}

function columns(line: readonly MarkedCell[]): number {
  return line.reduce((sum, cell) => sum + cell.width, 0);
}

function renderPointer(view: readonly MarkedCell[], label: string): { indent: string; text: string } {
  const first = view.findIndex((cell) => cell.marked);
  const width = columns(view.filter((cell) => cell.marked));
  return {
    indent: " ".repeat(columns(first === -1 ? view : view.slice(0, first))),
    text: `${"^".repeat(Math.max(width, 1))}${label}`,
  };
}

function sourceLine(line: SourceLine, gutter: number, room: number, style: Style): string {
  const view = window(toCells({ number: line.number, before: line.text, marked: "", after: "" }), room);
  return numbered(line.number, gutter, view.map((cell) => cell.text).join(""), style);
}

function numbered(number: number, gutter: number, text: string, style: Style): string {
  return `${style.paint("gutter", `${String(number).padStart(gutter)} |`)} ${text}`.trimEnd();
}
