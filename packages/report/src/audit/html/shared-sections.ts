import type { Action, AuditHead, DeferredEntry, EvidenceGap, RegisterEntry, ScoreTrend } from "@ci-fix/audit";
import type { Section } from "../../html/document.ts";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { bullets, place, subsection, table, tag } from "../../html/parts.ts";
import { type Course, sparklines } from "../../html/pictures.ts";
import { severityTag, statusTag } from "./tones.ts";

const SCORES = [
  ["overall", "Overall"],
  ["invariants", "Invariants"],
  ["ci", "CI"],
  ["sec", "Security"],
  ["tests", "Tests"],
  ["compat", "Compatibility"],
  ["arch", "Architecture"],
  ["dx", "DX"],
  ["docs", "Docs"],
] as const;

export function registerSection(entries: readonly RegisterEntry[]): Section {
  const rows = entries.map(({ id, severity, status, title, places, followUp, owner, expires }) => [
    html`<b>${id}</b>`,
    severityTag(severity),
    statusTag(status),
    sentence(title),
    places.map(({ file, line }) => html`${place(file, line)} `),
    html`${sentence(followUp)}${owner === null ? "" : ` (${owner}${expires === null ? "" : `, until ${expires}`})`}`,
  ]);
  const columns = ["Risk", "Severity", "Status", "What", "Where", "Follow-up"];
  return { id: "register", title: "Risk register", body: table(columns, rows, "The register is empty.") };
}

export function deferredSection(entries: readonly DeferredEntry[]): Section {
  const rows = entries.map((entry) => [
    html`<b>${entry.id}</b>${entry.isNew ? html` ${tag("new", "warn")}` : ""}`,
    sentence(entry.issue),
    entry.discovered,
    sentence(entry.deferredTo),
    sentence(entry.reason),
    entry.blocker ? tag("yes", "bad") : "no",
    sentence(entry.exitCriteria),
    tag(entry.status, entry.status === "closed" ? "good" : "warn"),
  ]);
  const columns = ["Id", "Issue", "Found in", "Deferred to", "Reason", "Blocker", "Exit criteria", "Status"];
  return { id: "deferred", title: "Deferred issues", body: table(columns, rows, "Nothing is deferred.") };
}

/** The trend as a picture, for the overview. */
export function trendPicture({ rows }: ScoreTrend): Markup {
  const courses: Course[] = SCORES.map(([key, label]) => ({ label, values: rows.map(({ scores }) => scores[key]) }));
  return sparklines(
    courses,
    rows.map(({ milestone }) => milestone),
  );
}

export function scoreSection({ rows, working, movement }: ScoreTrend): Section {
  const columns = ["Milestone", ...SCORES.map(([, title]) => ({ title, number: true }))];
  const cells = rows.map(({ milestone, title, scores }) => [
    html`<b>${milestone}</b>${title === null ? "" : ` ${title}`}`,
    ...SCORES.map(([key]) => scores[key]?.toFixed(1) ?? "–"),
  ]);
  const terms = working.map(({ name, value, numbers, what }) => [
    name,
    value?.toFixed(1) ?? "–",
    numbers,
    sentence(what),
  ]);
  return {
    id: "scores",
    title: "Score trend",
    body: html`${table(columns, cells, "No score is known.")}
    ${subsection("What moved", bullets(movement, "Nothing moved since the row before."))}
    ${subsection("How each score came about", table(["Score", { title: "Value", number: true }, "Numbers", "What they count"], terms, "Nothing was scored."))}`,
  };
}

export function gapSection(gaps: readonly EvidenceGap[]): Section {
  const rows = gaps.map(({ what, why, close }) => [sentence(what), sentence(why), sentence(close)]);
  const body = table(["Not seen", "Why", "How to find out"], rows, "Nothing that matters is hidden from the files.");
  return { id: "gaps", title: "Evidence gaps", body };
}

export function actionSection(id: string, title: string, actions: readonly Action[]): Section {
  const rows = actions.map(({ number, task, category, acceptance, risk, size, command }) => [
    number,
    html`${sentence(task)}${command === "" ? "" : html`<br /><code>${command}</code>`}`,
    category,
    sentence(acceptance),
    risk,
    size,
  ]);
  const columns = ["#", "Task", "Category", "Done when", "Risk", "Size"];
  return { id, title, body: table(columns, rows, "Nothing is left to do.") };
}

/** Files that could not be read; nothing where all could. */
export function unreadNotice(unread: AuditHead["unread"]): Markup | undefined {
  if (unread.length === 0) return undefined;
  const rows = unread.map(({ file, message }) => [place(file, null), sentence(message)]);
  return subsection("Files that could not be read", table(["File", "Why"], rows, ""));
}
