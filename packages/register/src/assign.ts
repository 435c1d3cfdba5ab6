import { isExceptionFinding } from "./exceptions/rules.ts";
import { fileOf, isWholeFile, jobOf, kinship, nameTest, type NameTest } from "./match-target.ts";
import { comparePlaces, isActionable } from "./order.ts";
import type { LocatedFinding, MatchOptions, Outcome, Register, Risk, RiskTarget } from "./types.ts";

/** One target of one risk, with what was found for it. */
export interface TargetMatch {
  readonly risk: Risk;
  readonly target: RiskTarget;
  /** Zero-based, in the risk. */
  readonly index: number;
  readonly unread: boolean;
  readonly by: "fingerprint" | "name" | "rename" | undefined;
  /** The findings that the target itself names. */
  readonly findings: readonly LocatedFinding[];
  /** Findings without a target of their own that one change repairs together with those: a job that dies with its root. */
  readonly companions: readonly LocatedFinding[];
}

type Draft = { -readonly [Key in keyof TargetMatch]: TargetMatch[Key] };

/** All that belongs to a risk because of one target. */
export function allOf(match: TargetMatch): readonly LocatedFinding[] {
  return [...match.findings, ...match.companions];
}

/** Matches every target; in the register's order. A finding goes to one target at most. */
export function matchTargets(
  register: Register,
  findings: readonly LocatedFinding[],
  options: MatchOptions,
): readonly TargetMatch[] {
  const unread = new Set(options.unread);
  const files = new Set([...findings.map((located) => located.file), ...unread]);
  const drafts = register.risks.flatMap((risk) =>
    risk.targets.map((target, index) => draftOf(risk, target, index, unread.has(fileOf(target, files) ?? ""))),
  );
  const places = drafts.filter((draft) => !isWholeFile(draft.target));
  const wholeFiles = drafts.filter((draft) => isWholeFile(draft.target));
  const free = new Set(findings.filter((located) => !isExceptionFinding(located)));
  takeByFingerprint(drafts, free);
  takeByName(places, free, nameTest(files));
  takeCompanions(drafts, free);
  // A whole file is what nothing else names, wherever it stands in the register.
  takeByName(wholeFiles, free, nameTest(files));
  if (options.renames !== false) takeRenamed(drafts, free);
  return drafts;
}

function draftOf(risk: Risk, target: RiskTarget, index: number, unread: boolean): Draft {
  return { risk, target, index, unread, by: undefined, findings: [], companions: [] };
}

function take(draft: Draft, by: TargetMatch["by"], found: readonly LocatedFinding[], free: Set<LocatedFinding>): void {
  if (found.length === 0) return;
  draft.by = by;
  draft.findings = [...found].sort(comparePlaces);
  for (const located of found) free.delete(located);
}

function takeByFingerprint(drafts: readonly Draft[], free: Set<LocatedFinding>): void {
  const known = new Map([...free].map((located) => [located.fingerprint, located]));
  for (const draft of drafts) {
    const found = known.get(draft.target.fingerprint ?? "");
    if (found !== undefined && free.has(found)) take(draft, "fingerprint", [found], free);
  }
}

function takeByName(drafts: readonly Draft[], free: Set<LocatedFinding>, names: NameTest): void {
  for (const draft of drafts) {
    if (draft.by !== undefined) continue;
    const named = [...free].filter((located) => names(located, draft.target) && mayMean(draft, located));
    const chosen = chosenFor(draft.target, named.sort(comparePlaces));
    // A fingerprint stands for one finding, also after it went stale.
    take(draft, "name", draft.target.fingerprint === undefined ? chosen : chosen.slice(0, 1), free);
  }
}

/**
 * A place written by hand is something to repair, which is settled once that is repaired. What only a person can settle is named by its
 * class, or by a decision that covers all there is.
 */
function mayMean({ target, risk }: Draft, { finding: { outcome } }: LocatedFinding): boolean {
  if (outcome.kind === "skip" || outcome.safety !== "report") return true;
  const isExact = target.class !== undefined || target.fingerprint !== undefined;
  return isExact || risk.status === "accepted" || risk.status === "deferred";
}

/** Of the findings that a target names, those it is about: what it says is to be done; without a class, what can be done. */
function chosenFor(
  { action, class: riskClass }: RiskTarget,
  named: readonly LocatedFinding[],
): readonly LocatedFinding[] {
  const wanted = named.filter((located) => located.finding.outcome.kind === action);
  const possible = riskClass === undefined ? named.filter(isActionable) : [];
  return [wanted, possible, named].find((chosen) => chosen.length > 0) ?? [];
}

/** Findings that share one outcome are repaired by one change, so they cannot be two risks. */
function takeCompanions(drafts: readonly Draft[], free: Set<LocatedFinding>): void {
  const owners = new Map<Outcome, Draft>();
  for (const draft of drafts) {
    for (const located of draft.findings)
      if (!owners.has(located.finding.outcome)) owners.set(located.finding.outcome, draft);
  }
  for (const located of [...free].sort(comparePlaces)) {
    const owner = owners.get(located.finding.outcome);
    if (owner === undefined || !isActionable(located)) continue;
    owner.companions = [...owner.companions, located];
    free.delete(located);
  }
}

/** Only where it is plain: one risk lost a finding there, and one finding is there that nobody names. */
function takeRenamed(drafts: readonly Draft[], free: Set<LocatedFinding>): void {
  const lost = new Map<string, Draft[]>();
  for (const draft of drafts) {
    if (!mayBeRenamed(draft)) continue;
    const key = kinship(draft.target.file, draft.target.class, draft.target.job);
    lost.set(key, [...(lost.get(key) ?? []), draft]);
  }
  const left = new Map<string, LocatedFinding[]>();
  for (const located of free) {
    if (!isActionable(located) || located.finding.unit.kind === "job") continue;
    const key = kinship(located.file, located.finding.class, jobOf(located));
    left.set(key, [...(left.get(key) ?? []), located]);
  }
  for (const [key, candidates] of lost) {
    const [first] = candidates;
    const found = left.get(key) ?? [];
    const oneRisk = candidates.every((draft) => draft.risk === first?.risk);
    if (first !== undefined && oneRisk && found.length === 1) take(first, "rename", found, free);
  }
}

/** What is fixed has no finding to be renamed; a whole file and a job have no step. */
function mayBeRenamed({ by, unread, risk, target }: Draft): boolean {
  if (by !== undefined || unread || risk.status === "fixed" || isWholeFile(target)) return false;
  return target.fingerprint !== undefined && target.class !== undefined && target.step !== undefined;
}
