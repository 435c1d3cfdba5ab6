import type { Policy } from "@ci-fix/codemod";
import type { Unit } from "@ci-fix/workflow";
import { commonSubject } from "./common-subject.ts";
import { reasonOf } from "./reason.ts";

const width = 96;
const longestCondition = 60;
const longestUnbroken = 60;
const unbroken = "\u00A0";
/**
 * The lines (without `#`) that stand where the first of the removed units was: what was removed, when, how and why it had
 * been switched off. `roots` are those with a condition of their own.
 */
export function noteFor(removed: readonly Unit[], roots: readonly Unit[], policy: Policy): readonly string[] {
  const many = removed.length > 1;
  const names = list(removed.map((unit) => (unit.kind === "job" ? unit.id : `step "${unit.label}"`)));
  const how = list([...new Set(roots.map((unit) => together(`\`${conditionText(unit)}\``)))]);
  const reasons = [...new Set(roots.flatMap((unit) => reasonOf(unit) ?? []))].map((reason) =>
    together(`"${reason.replace(/(?<!\.)\.$/u, "")}"`),
  );
  const why = reasons.length === 0 ? "" : ` and ${reasons.length === 1 ? "comment" : "comments"} ${list(reasons)}`;
  const text =
    `NOTE: ${names} ${many ? "were" : "was"} removed in ${policy.milestone} (${policy.date}). ` +
    `${many ? "They" : "It"} had been disabled with ${how}${why}. ${wayBack(removed)}`;
  return wrap(text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ""), width - "# ".length - indentation(removed[0]));
}

/** The condition as it is written, on one line: `if: false`. */
export function conditionText(unit: Unit): string {
  const { entry, parsed } = unit.condition;
  const text = `${entry?.key ?? ""}: ${parsed.text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim()}`;
  return text.length <= longestCondition ? text : `${text.slice(0, longestCondition - 1)}…`;
}

/** Keeps a quotation on one line where it is not too long for that. */
function together(quotation: string): string {
  return quotation.length <= longestUnbroken ? quotation.replaceAll(" ", unbroken) : quotation;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function wayBack(removed: readonly Unit[]): string {
  const jobs = removed.filter((unit) => unit.kind === "job");
  if (jobs.length === 0) return "If it is needed, re-add as a working step.";
  const subject = commonSubject(jobs);
  return `If ${subject === undefined ? "this" : subject} CI is needed, re-add as a working job.`;
}

function indentation(unit: Unit | undefined): number {
  if (unit === undefined) return 0;
  const { yaml } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const start = unit.kind === "job" ? unit.entry?.span.start : unit.item.span.start;
  return yaml.lineColumn(start ?? 0).column - 1;
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => each.replaceAll(unbroken, " "));
}
