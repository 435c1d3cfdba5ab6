import { isExceptionFinding } from "./exceptions/rules.ts";
import type { LocatedFinding, Severity } from "./types.ts";

/** Most urgent first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/**
 * A finding that a person or the tool can do something about: a fix, or a reason to write down. A fix whose safety is
 * `report` counts: that it is never applied by itself makes it no smaller a risk. A skip makes no risk, nor does a finding
 * about an exception: it is about the record itself.
 */
export function isActionable(located: LocatedFinding): boolean {
  return located.finding.outcome.kind !== "skip" && !isExceptionFinding(located);
}

/** The documented order: severity, then file, then line; then column, so that the order is total. */
export function compareFindings(left: LocatedFinding, right: LocatedFinding): number {
  return rank(left.finding.severity) - rank(right.finding.severity) || comparePlaces(left, right);
}

/** File, then line. Paths compare by code unit, so that the order is the same on every machine. */
export function comparePlaces(left: LocatedFinding, right: LocatedFinding): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.finding.class, right.finding.class)
  );
}

/**
 * What becomes one risk each: the actionable findings of one file and one codemod. Groups stand in the documented order by
 * their highest severity; findings within a group by line. No group is empty.
 */
export function groupFindings(findings: readonly LocatedFinding[]): readonly (readonly LocatedFinding[])[] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const located of findings.filter(isActionable)) {
    const key = JSON.stringify([located.file, located.codemod.meta.id]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [located]);
    else group.push(located);
  }
  return [...groups.values()].map((group) => group.sort(comparePlaces)).sort(compareGroups);
}

/** The highest severity among findings. */
export function highestSeverity(findings: readonly LocatedFinding[]): Severity {
  return SEVERITIES[Math.min(...findings.map((located) => rank(located.finding.severity)))] ?? "low";
}

function compareGroups(left: readonly LocatedFinding[], right: readonly LocatedFinding[]): number {
  const [first, second] = [left[0], right[0]];
  if (first === undefined || second === undefined) return 0;
  return (
    rank(highestSeverity(left)) - rank(highestSeverity(right)) ||
    comparePlaces(first, second) ||
    compareText(first.codemod.meta.id, second.codemod.meta.id)
  );
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
