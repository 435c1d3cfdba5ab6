import { count, markdownProse, renderMarkdown } from "@ci-fix/report";
import type { CheckResult } from "@ci-fix/runner";
import { asOpen, comparison, invariantLines, thresholdLines } from "./check-text.ts";

/** The same for a job summary or a comment: the invariants, what was compared, and what is new as a table to unfold. */
export function renderCheckMarkdown(result: CheckResult, date: string): string {
  const { root, files, gone, pending, remarks } = result;
  const old = result.invariants.flatMap(({ broken }) => broken).filter((located) => result.old.includes(located));
  const findings = [...result.fresh.map(asOpen), ...result.expired, ...new Set(old)];
  const waiting = pending.length + remarks.length;
  const notes = [
    ...thresholdLines(result),
    comparison(result),
    ...(gone.length === 0 ? [] : [`ratcheted down: ${count(gone.length, "silent failure")} of the base gone`]),
    ...(waiting === 0
      ? []
      : [`${count(waiting, "exception or relaxation", "exceptions and relaxations")} not on the base yet`]),
  ];
  const head = [
    "### ci-fix check",
    "",
    ...invariantLines(result).map(([line, holds]) => `${holds ? "✅" : "❌"} **${markdownProse(line)}**  `),
    "",
    ...notes.map((note) => `- ${markdownProse(note)}`),
    "",
  ];
  const scan = { root, files, findings, errors: result.unreadable };
  return renderMarkdown(scan, { risks: [], unregistered: findings, ids: new Map() }, { date, head: head.join("\n") });
}
