import type { DisabledGuard } from "@ci-fix/codemod";
import { contextPaths, parseCondition } from "@ci-fix/expression";
import { unitName, type Unit } from "@ci-fix/workflow";

const LONGEST = 160;

/** What the condition says, what it is without its guard, what was written about it, and who else hangs on it. */
export function evidenceFor(unit: Unit, guard: DisabledGuard): readonly string[] {
  const { parsed, entry } = unit.condition;
  const comment = entry?.comments.trailing?.text.trim();
  return [
    `the condition says \`${oneLine(parsed.text)}\``,
    ...(guard.kind === "refused" ? [] : [`without its guard it says \`${oneLine(guard.replacement)}\``]),
    ...(comment === undefined ? [] : [`the comment behind it says "${oneLine(comment)}"`]),
    ...(guard.kind !== "refused" && namesRepository(guard.replacement)
      ? ["it names a repository, so a fork cannot show the effect"]
      : []),
    ...dependence(unit),
  ];
}

/** Text of a file on one line, cut where it is long. Nothing in it can steer a terminal. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line;
}

function namesRepository(condition: string): boolean {
  const { tree } = parseCondition(condition);
  const names = tree === undefined ? [] : contextPaths(tree).map((path) => path.join("."));
  return names.some((name) => name === "github.repository" || name === "github.repository_owner");
}

function dependence(unit: Unit): readonly string[] {
  const waiting = unit.kind === "job" ? unit.dependents.map((job) => job.id) : [];
  const reading = [...new Set(unit.readers.map((reader) => unitName(reader.step ?? reader.job)))];
  return [
    ...(waiting.length === 0 ? [] : [`${list(waiting)} ${waiting.length === 1 ? "waits" : "wait"} for it`]),
    ...(reading.length === 0
      ? []
      : [`${list(reading)} ${reading.length === 1 ? "reads" : "read"} its result or outputs`]),
  ];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
