import { CiFixError } from "@ci-fix/codemod";
import type { NewValue } from "@ci-fix/yaml-editor";
import { groupFindings, highestSeverity } from "./order.ts";
import { MILESTONE, NOT_BLANK } from "./patterns.ts";
import { quoted } from "./quoted.ts";
import { TARGET_KEYS } from "./read-risk.ts";
import { titleOf } from "./title.ts";
import type { LocatedFinding, Register, RiskTarget } from "./types.ts";

/**
 * Entries for findings that no risk names: one for each file and codemod, numbered in the documented order after the highest
 * number of the milestone. Throws `CI_FIX_MILESTONE_INVALID` where the milestone cannot begin an id.
 */
export function newRisks(
  register: Register,
  findings: readonly LocatedFinding[],
  milestone: string,
): readonly NewValue[] {
  const groups = groupFindings(findings);
  if (groups.length === 0) return [];
  if (!MILESTONE.test(milestone)) {
    throw new CiFixError("CI_FIX_MILESTONE_INVALID", `${quoted(milestone)} is no milestone that an id can begin with`, {
      hint: "set `milestone` in .ci-fix.yml to a letter and two digits or more, such as M03",
      exitCode: 2,
    });
  }
  const last = highestNumber(register, milestone);
  return groups.map((group, index) => newRisk(`${milestone}-R${String(last + 1 + index).padStart(2, "0")}`, group));
}

function highestNumber(register: Register, milestone: string): number {
  const prefix = `${milestone}-R`;
  const numbers = register.risks
    .filter((risk) => risk.id.startsWith(prefix))
    .map((risk) => Number(risk.id.slice(prefix.length)));
  return numbers.reduce((left, right) => Math.max(left, right), 0);
}

function newRisk(id: string, findings: readonly LocatedFinding[]): NewValue {
  const targets = findings.map((located) => present(targetOf(located)));
  const head = { id, title: titleOf(findings), severity: highestSeverity(findings), status: "open" };
  const [only] = targets;
  return targets.length === 1 ? { ...head, ...only } : { ...head, targets };
}

/** All that is known of a finding's place, as a target. */
export function targetOf(located: LocatedFinding): RiskTarget {
  const { unit, outcome } = located.finding;
  const job = unit.kind === "job" ? unit : unit.job;
  return {
    file: located.file,
    job: writable(job.id),
    step: unit.kind === "job" ? undefined : (writable(unit.name) ?? writable(unit.id) ?? writable(unit.label)),
    class: located.finding.class,
    action: outcome.kind === "skip" ? undefined : outcome.kind,
    fingerprint: located.fingerprint,
  };
}

/** Undefined for blank names, which nothing could be found by; half characters have no bytes. */
function writable(name: string | undefined): string | undefined {
  return name === undefined || !NOT_BLANK.test(name) ? undefined : name.replaceAll(/\p{Cs}/gu, "\uFFFD");
}

function present(target: RiskTarget): { readonly [key: string]: string } {
  return Object.fromEntries(
    TARGET_KEYS.flatMap((key) => {
      const value = target[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
