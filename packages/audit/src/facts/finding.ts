import type { SkipReason } from "@ci-fix/codemod";
import { isExceptionFinding, type LocatedFinding, type RegisterMatch, type Risk } from "@ci-fix/register";
import type { Unit } from "@ci-fix/workflow";
import type { FindingFacts, Place } from "../types.ts";

/** Reasons that make a failure none, or one that is answered for. For all others it is real, or a person has to tell. */
const HARMLESS: ReadonlySet<SkipReason> = new Set<SkipReason>([
  "handled",
  "retried",
  "negative-test",
  "varies",
  "best-effort",
  "advisory",
  "documented",
  "meant-to-fail",
]);

/** `date` is the day on which acceptances are judged. */
export function findingFacts(located: LocatedFinding, match: RegisterMatch, date: string): FindingFacts {
  const { finding, fingerprint } = located;
  const { outcome } = finding;
  const risk = riskOf(located, match);
  const state = stateOf(located, risk, date);
  const words = outcome.kind === "skip" ? outcome.message : (risk?.justification ?? risk?.exitCriteria ?? "");
  return {
    ...placeOf(located),
    id: risk?.id ?? null,
    fingerprint,
    class: finding.class,
    severity: finding.severity,
    message: finding.message,
    why: finding.why,
    evidence: finding.evidence,
    state,
    reason: outcome.kind === "skip" ? outcome.reason : null,
    justification: state === "open" ? "" : words,
  };
}

export function placeOf({ file, line, finding }: Pick<LocatedFinding, "file" | "line" | "finding">): Place {
  return { file, line, ...unitNames(finding.unit) };
}

export function unitNames(unit: Unit): Pick<Place, "job" | "step"> {
  const job = (unit.kind === "job" ? unit.id : unit.job.id) || null;
  return { job, step: unit.kind === "step" ? unit.label : null };
}

function riskOf(located: LocatedFinding, match: RegisterMatch): Risk | undefined {
  const id = match.ids.get(located);
  return id === undefined ? undefined : match.risks.find(({ risk }) => risk.id === id)?.risk;
}

function stateOf(
  { finding: { outcome } }: LocatedFinding,
  risk: Risk | undefined,
  date: string,
): FindingFacts["state"] {
  const isAccepted = risk?.status === "accepted" && !(risk.expires !== undefined && risk.expires < date);
  if (outcome.kind === "skip") {
    if (outcome.reason === "excepted") return "accepted";
    return HARMLESS.has(outcome.reason) ? "kept" : isAccepted ? "accepted" : "person";
  }
  if (isAccepted) return "accepted";
  return risk?.status === "deferred" ? "deferred" : "open";
}

/** True for a finding behind which something fails, or never runs, and nobody sees it. A missing word of explanation is none. */
export function isSilent(located: LocatedFinding): boolean {
  const { finding } = located;
  if (isExceptionFinding(located) || finding.outcome.kind === "document") return false;
  return finding.outcome.kind === "fix" || !HARMLESS.has(finding.outcome.reason);
}
