import { allOf, matchTargets, type TargetMatch } from "./assign.ts";
import { mismatchesOf } from "./mismatch.ts";
import { comparePlaces, isActionable } from "./order.ts";
import { isMissing } from "./settle.ts";
import type { LocatedFinding, MatchedRisk, MatchOptions, Register, RegisterMatch, Risk } from "./types.ts";

/**
 * Says which findings belong to which risk. Exact fingerprints go first, then file, class, job and step, then what one change
 * repairs together with those, then whole files, then renamed steps; within each, the register's order. A finding belongs to
 * one risk at most.
 */
export function matchRegister(
  register: Register,
  findings: readonly LocatedFinding[],
  options: MatchOptions = {},
): RegisterMatch {
  const matches = matchTargets(register, findings, options);
  const ids = new Map<LocatedFinding, string>();
  for (const match of matches) for (const located of allOf(match)) ids.set(located, match.risk.id);
  const unregistered = findings.filter((located) => isActionable(located) && !ids.has(located));
  const grouped = byRisk(matches);
  return { risks: register.risks.map((risk) => gather(risk, grouped.get(risk) ?? [])), unregistered, ids };
}

/** The matches of each risk's targets. */
export function byRisk(matches: readonly TargetMatch[]): ReadonlyMap<Risk, readonly TargetMatch[]> {
  const grouped = new Map<Risk, TargetMatch[]>();
  for (const match of matches) {
    const group = grouped.get(match.risk);
    if (group === undefined) grouped.set(match.risk, [match]);
    else group.push(match);
  }
  return grouped;
}

function gather(risk: Risk, matches: readonly TargetMatch[]): MatchedRisk {
  return {
    risk,
    findings: matches.flatMap(allOf).sort(comparePlaces),
    vanished: matches.filter(isMissing).map((match) => match.target),
    mismatches: matches.flatMap(mismatchesOf),
  };
}
