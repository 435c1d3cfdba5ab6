import type { Finding } from "@ci-fix/codemod";
import { clipped } from "@ci-fix/judgement";
import type { Unit } from "@ci-fix/workflow";

/** The subject of the commit for findings: `strip soft-fail from 2 test steps in tools-unit-tests.yml`. */
export function subjectOf(findings: readonly Finding[]): string {
  const removed = findings.filter(({ outcome }) => outcome.kind === "fix").map(({ unit }) => unit);
  const written = findings.filter(({ outcome }) => outcome.kind === "document").map(({ unit }) => unit);
  const what =
    removed.length === 0
      ? `document the soft-fail of ${counted(written)}`
      : `strip soft-fail from ${counted(removed)}${written.length === 0 ? "" : `, document ${numbered(written)}`}`;
  return `${what} in ${places(findings)}`;
}

function counted(units: readonly Unit[]): string {
  const [only] = units;
  if (only !== undefined && units.length === 1) return single(only);
  return numbered(units);
}

function numbered(units: readonly Unit[]): string {
  const jobs = units.filter(({ kind }) => kind === "job").length;
  const steps = units.length - jobs;
  const what = units.every(isTest) ? "test " : "";
  const named = [plural(jobs, `${what}job`), plural(steps, `${what}step`)].filter((text) => text !== "");
  return named.join(" and ");
}

function single(unit: Unit): string {
  return unit.kind === "job" ? `job ${unit.id}` : `step "${clipped(unit.label.replace(/\s+/gu, " "), 40)}"`;
}

function plural(count: number, noun: string): string {
  if (count === 0) return "";
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function isTest(unit: Unit): boolean {
  return /\btest(?:s|ing)?\b/iu.test(
    unit.kind === "job" ? `${unit.id} ${unit.name ?? ""}`.replace(/[-_]/gu, " ") : unit.label,
  );
}

function places(findings: readonly Finding[]): string {
  const files = new Set(findings.map(({ unit }) => (unit.kind === "job" ? unit : unit.job).workflow.file.path));
  const [only = ""] = files;
  return files.size === 1 ? (only.split("/").at(-1) ?? only) : `${files.size} files`;
}
