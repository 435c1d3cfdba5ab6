import {
  compareFindings,
  type LocatedFinding,
  type MatchedRisk,
  type RegisterMatch,
  type Risk,
  type RiskStatus,
} from "@ci-fix/register";
import type { ScanResult } from "@ci-fix/runner";

/** The findings of a scan by what a person has to do about them. */
export interface Triage {
  /** Something can be done and nobody has settled it: most severe first, then by file and line. */
  readonly open: readonly LocatedFinding[];
  /** Settled in the register as accepted (and not expired) or deferred. */
  readonly accepted: readonly LocatedFinding[];
  readonly deferred: readonly LocatedFinding[];
  /** Left as they are, with a reason. */
  readonly kept: readonly LocatedFinding[];
}

/** Sorts findings into what is open and what is settled. `date` is `YYYY-MM-DD`; an exception counts up to and on its last day. */
export function triage(scan: Pick<ScanResult, "findings">, match: RegisterMatch, date: string): Triage {
  const risks = risksOf(match);
  const open: LocatedFinding[] = [];
  const accepted: LocatedFinding[] = [];
  const deferred: LocatedFinding[] = [];
  const kept: LocatedFinding[] = [];
  for (const located of scan.findings) {
    const risk = risks.get(located);
    const { outcome } = located.finding;
    const isAccepted = risk?.status === "accepted" && !isExpired(risk, date);
    if (isAccepted && (outcome.kind !== "skip" || outcome.reason === "excepted")) accepted.push(located);
    else if (outcome.kind === "skip") kept.push(located);
    else if (risk?.status === "deferred") deferred.push(located);
    else open.push(located);
  }
  return { open: open.sort(compareFindings), accepted, deferred, kept };
}

/** A risk's status as a person is shown it: `missing` is a place written by hand for which nothing was ever found. */
export type ShownStatus = RiskStatus | "expired" | "missing";

/**
 * What a risk's status is on a day, from what was found, whatever was written down. `landed` are the ids whose fix stands in the
 * history; a mistyped place looks like a fixed one without it.
 */
export function currentStatus(
  { risk, findings, vanished }: MatchedRisk,
  date: string,
  landed: ReadonlySet<string>,
): ShownStatus {
  if (risk.status === "accepted") return isExpired(risk, date) ? "expired" : "accepted";
  if (risk.status === "deferred") return "deferred";
  if (!findings.every(isDocumented)) return "open";
  const wasSeen =
    risk.status === "fixed" || landed.has(risk.id) || vanished.every((target) => target.fingerprint !== undefined);
  return wasSeen ? "fixed" : "missing";
}

function isDocumented({ finding: { outcome } }: LocatedFinding): boolean {
  return outcome.kind === "skip" && outcome.reason === "documented";
}

function isExpired(risk: Risk, date: string): boolean {
  return risk.expires !== undefined && risk.expires < date;
}

/** The risk of each finding that the register names. */
export function risksOf(match: RegisterMatch): Map<LocatedFinding, Risk> {
  const risks = new Map<LocatedFinding, Risk>();
  for (const matched of match.risks) for (const located of matched.findings) risks.set(located, matched.risk);
  return risks;
}
