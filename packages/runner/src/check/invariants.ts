import type { Severity } from "@ci-fix/codemod";
import type { Invariant, LocatedFinding } from "@ci-fix/register";
import picomatch from "picomatch";
import type { CheckedInvariant, ExceededThreshold } from "./types.ts";

/** Most urgent first. */
const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** What fails silently after the change, by whether the base has it already. What is excepted is in neither. */
export interface Standing {
  readonly fresh: readonly LocatedFinding[];
  readonly old: readonly LocatedFinding[];
}

/** Whether each invariant of a policy holds, and what breaks it. Several with one id are one. */
export function checkInvariants(invariants: readonly Invariant[], standing: Standing): readonly CheckedInvariant[] {
  const ids = [...new Set(invariants.map(({ id }) => id))];
  return ids.map((id) => {
    const same = invariants.filter((invariant) => invariant.id === id);
    const broken = new Set(same.flatMap((invariant) => breaking(invariant, standing)));
    return { id, statement: same[0]?.statement ?? "", broken: [...broken], holds: broken.size === 0 };
  });
}

/** Severities of which more findings are open than may be. */
export function checkThresholds(
  open: ReadonlyMap<Severity, number>,
  { fresh, old }: Standing,
): readonly ExceededThreshold[] {
  return [...open].flatMap(([severity, limit]) => {
    const found = [...fresh, ...old].filter(({ finding }) => finding.severity === severity).length;
    return found > limit ? [{ severity, limit, found }] : [];
  });
}

function breaking({ classes, severity, paths, old }: Invariant, standing: Standing): readonly LocatedFinding[] {
  const isInside = paths.length === 0 ? () => true : picomatch([...paths], { dot: true });
  const candidates = old === "fails" ? [...standing.fresh, ...standing.old] : standing.fresh;
  return candidates.filter(
    ({ finding, file }) =>
      (classes.length === 0 || classes.includes(finding.class)) &&
      SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(severity) &&
      isInside(file),
  );
}
