import { isExceptionFinding, type LocatedFinding } from "@ci-fix/register";
import { gutterWidth, renderExcerpt } from "./excerpt.ts";
import type { Role, Style } from "./style.ts";
import { wrap } from "./text-width.ts";
import { visible } from "./visible.ts";
import { EFFECT_WORDS, SAFETY_WORDS } from "./words.ts";

/** One finding in full: what, where, the lines, why it matters, what can be done, and the command to type next. */
export function renderFinding(located: LocatedFinding, id: string | undefined, style: Style): string {
  const gutter = " ".repeat(gutterWidth(located));
  const place = `${visible(located.file)}:${located.line}:${located.column}`;
  return [
    ...title(located, id, style),
    `${gutter}${style.paint("gutter", "-->")} ${style.paint("path", place)}`,
    ...renderExcerpt(located, style),
    style.paint("gutter", `${gutter} |`),
    ...notes(located, id).flatMap((note) => renderNote(note, gutter.length, style)),
  ].join("\n");
}

/** One remark about a finding; `text` may hold text from a file and must be made safe to show. */
export interface Note {
  readonly label: "why" | "seen" | "fix" | "kept" | "then" | "next";
  readonly text: string;
  readonly role?: Role;
}

/** What is to be said about a finding, in the order it is read. */
export function notes({ finding, codemod }: LocatedFinding, id: string | undefined): Note[] {
  const { outcome } = finding;
  const seen = finding.evidence.map((text): Note => ({ label: "seen", text }));
  if (outcome.kind === "skip") return [...seen, { label: "kept", text: `${outcome.message} (${outcome.reason})` }];
  return [
    { label: "why", text: finding.why },
    ...seen,
    { label: "fix", text: `${outcome.title} (${SAFETY_WORDS[outcome.safety]}; ${EFFECT_WORDS[outcome.effect]})` },
    { label: "then", text: finding.change },
    {
      label: "next",
      text: isExceptionFinding({ codemod })
        ? `ci-fix explain ${finding.class}`
        : nextCommand(id, outcome.safety === "report"),
      role: "command",
    },
  ];
}

/** `high[soft-fail-step] M03-R04: what is wrong`, wrapped. */
function title(located: LocatedFinding, id: string | undefined, style: Style): string[] {
  const { finding } = located;
  const kept = finding.outcome.kind === "skip";
  const label = `${kept ? "kept" : finding.severity}[${finding.class}]`;
  const rest = `${id === undefined ? "" : ` ${visible(id)}`}: ${visible(finding.message)}`;
  const [first = "", ...more] = wrap(label + rest, style.width, 2);
  const role: Role = kept ? "kept" : finding.severity;
  return [
    style.paint(role, first.slice(0, label.length)) + style.paint("strong", first.slice(label.length)),
    ...more.map((line) => style.paint("strong", `  ${line}`)),
  ];
}

/** What a person types next. */
export function nextCommand(id: string | undefined, reportOnly: boolean): string {
  if (id === undefined) return "ci-fix register update";
  return reportOnly ? `ci-fix register accept ${id} --reason "…"` : `ci-fix --risk ${id}`;
}

function renderNote(note: Note, gutter: number, style: Style): string[] {
  if (note.text === "") return [];
  const label = `${" ".repeat(gutter)} = ${`${note.label}:`.padEnd(6)}`;
  const [first = "", ...more] = wrap(visible(note.text), style.width - label.length);
  const look = (text: string): string => (note.role === undefined ? text : style.paint(note.role, text));
  const head = `${" ".repeat(gutter)} ${style.paint("gutter", "=")} ${style.paint("muted", `${note.label}:`.padEnd(6))}`;
  return [head + look(first), ...more.map((line) => " ".repeat(label.length) + look(line))];
}
