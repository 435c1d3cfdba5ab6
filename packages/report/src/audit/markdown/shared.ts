import {
  SCORE_WORDS,
  type Action,
  type DeferredEntry,
  type EvidenceGap,
  type RegisterEntry,
  type ScoreTrend,
} from "@ci-fix/audit";
import { bullets, inline, name, place, score, table } from "./parts.ts";

/** Sections that both kinds of audit have; without their headings. */

const ORDER = ["invariants", "compat", "arch", "ci", "sec", "tests", "dx", "docs", "overall"] as const;

export function scoresSection({ rows, working, movement }: ScoreTrend): string[] {
  const columns = ["Milestone", ...ORDER.map((key) => SCORE_WORDS[key])];
  const lines = rows.map(({ milestone, title, scores, from }) => {
    const label = title === null ? inline(milestone) : `${inline(milestone)} (${inline(title)})`;
    const cells = [label, ...ORDER.map((key) => score(scores[key]))];
    return from === "now" ? cells.map((cell) => `**${cell}**`) : cells;
  });
  return [
    ...table(columns, lines),
    "**How each score comes about** (the rubric is docs/audit.md; anyone can work it out again):",
    "",
    ...table(
      ["Score", "Value", "Numbers", "What they count"],
      working.map((term) => [SCORE_WORDS[term.name], score(term.value), inline(term.numbers), inline(term.what)]),
    ),
    ...(rows.length < 2 ? [] : ["**Movement:**", "", ...bullets(movement, "No score moved.")]),
  ];
}

export function registerSection(register: readonly RegisterEntry[]): string[] {
  if (register.length === 0) return ["There is no register yet: `ci-fix register update` makes one.", ""];
  return table(
    ["ID", "Risk", "Severity", "Status", "Where", "Follow-up"],
    register.map(({ id, title, severity, status, places, followUp, owner, expires }) => {
      const who = [
        ...(owner === null ? [] : [`owner ${name(owner)}`]),
        ...(expires === null ? [] : [`until ${expires}`]),
      ];
      return [
        `**${inline(id)}**`,
        inline(title),
        severity,
        status,
        places.map(place).join("<br>"),
        [inline(followUp), ...who].join("; "),
      ];
    }),
  );
}

export function deferredSection(deferred: readonly DeferredEntry[]): string[] {
  if (deferred.length === 0) return ["Nothing is deferred.", ""];
  return table(
    ["ID", "Issue", "Discovered", "Deferred to", "Reason", "Blocker?", "Exit criteria", "Status"],
    deferred.map((entry) => [
      `**${inline(entry.id)}**`,
      inline(entry.issue),
      inline(entry.discovered),
      inline(entry.deferredTo),
      inline(entry.reason),
      entry.blocker ? "Yes" : "No",
      inline(entry.exitCriteria),
      entry.status,
    ]),
  );
}

export function actionsSection(actions: readonly Action[]): string[] {
  if (actions.length === 0) return ["Nothing is left to do.", ""];
  return table(
    ["#", "Task", "Category", "Acceptance criteria", "Risk", "Size", "Command"],
    actions.map(({ number, task, category, acceptance, risk, size, command }) => [
      String(number),
      inline(task),
      category,
      inline(acceptance),
      risk,
      inline(size),
      command === "" ? "by hand" : name(command),
    ]),
  );
}

export function gapsSection(gaps: readonly EvidenceGap[]): string[] {
  return table(
    ["What", "Why it cannot be seen", "How to find out"],
    gaps.map(({ what, why, close }) => [inline(what), inline(why), inline(close)]),
  );
}

export function unreadSection(unread: readonly { readonly file: string; readonly message: string }[]): string[] {
  if (unread.length === 0) return [];
  return [
    "These CI files cannot be read, so nothing is said of them:",
    "",
    ...unread.map((each) => `- ${name(each.file)}: ${inline(each.message)}`),
    "",
  ];
}
