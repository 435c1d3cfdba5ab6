import { isWholeFile, jobOf, kinship, nameTest, type NameTest } from "./match-target.ts";
import { mismatchesOf } from "./mismatch.ts";
import { comparePlaces, isActionable } from "./order.ts";
import type { LocatedFinding, MatchedRisk, MatchOptions, Register, RegisterMatch, Risk, RiskTarget } from "./types.ts";

/** One target of one risk, with what was found for it. */
export interface TargetMatch {
  readonly risk: Risk;
  readonly target: RiskTarget;
  /** Zero-based, in the risk. */
  readonly index: number;
  readonly unread: boolean;
  readonly by: "fingerprint" | "name" | "rename" | undefined;
  readonly findings: readonly LocatedFinding[];
}

type Draft = { -readonly [Key in keyof TargetMatch]: TargetMatch[Key] };

/**
 * Says which findings belong to which risk. Exact fingerprints go first, then file, class, job and step, then
 * whole files, then renamed steps; within each, the register's order. A finding belongs to one risk at most.
 */
export function matchRegister(
  register: Register,
  findings: readonly LocatedFinding[],
  options: MatchOptions = {},
): RegisterMatch {
  const matches = matchTargets(register, findings, options);
  const ids = new Map<LocatedFinding, string>();
  for (const match of matches) for (const located of match.findings) ids.set(located, match.risk.id);
  const unregistered = findings.filter((located) => isActionable(located) && !ids.has(located));
  return {
    risks: register.risks.map((risk) =>
      gather(
        risk,
        matches.filter((match) => match.risk === risk),
      ),
    ),
    unregistered,
    ids,
  };
}

function gather(risk: Risk, matches: readonly TargetMatch[]): MatchedRisk {
  return {
    risk,
    findings: matches.flatMap((match) => match.findings).sort(comparePlaces),
    vanished: matches.filter((match) => match.findings.length === 0 && !match.unread).map((match) => match.target),
    mismatches: matches.flatMap(mismatchesOf),
  };
}

/** The matches of every target, in the register's order. */
export function matchTargets(
  register: Register,
  findings: readonly LocatedFinding[],
  options: MatchOptions,
): readonly TargetMatch[] {
  const unread = new Set(options.unread);
  const drafts = register.risks.flatMap((risk) =>
    risk.targets.map((target, index): Draft => ({
      risk,
      target,
      index,
      unread: unread.has(target.file),
      by: undefined,
      findings: [],
    })),
  );
  const free = new Set(findings);
  takeByFingerprint(drafts, free);
  const names = nameTest([...findings.map((located) => located.file), ...unread]);
  // A whole file is what no other target names, wherever it stands in the register.
  takeByName(
    drafts.filter((draft) => !isWholeFile(draft.target)),
    free,
    names,
  );
  takeByName(
    drafts.filter((draft) => isWholeFile(draft.target)),
    free,
    names,
  );
  if (options.renames !== false) takeRenamed(drafts, free);
  return drafts;
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
    const named = [...free].filter((located) => names(located, draft.target)).sort(comparePlaces);
    const wanted = named.filter((located) => located.finding.outcome.kind === draft.target.action);
    const chosen = wanted.length > 0 ? wanted : named;
    // A fingerprint stands for one finding, also after it went stale.
    take(draft, "name", draft.target.fingerprint === undefined ? chosen : chosen.slice(0, 1), free);
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
