import { deferredRisks } from "../full/deferred.ts";
import { carriedDeferrals } from "../records/carried.ts";
import type { DeferredEntry, EvidenceConstraint, Issue, RegisterEntry } from "../types.ts";
import { listed, named, unique } from "../words.ts";
import type { Range } from "./range.ts";

interface Given {
  readonly range: Range;
  readonly milestone: string;
  readonly evidence: EvidenceConstraint;
  readonly preExisting: readonly Issue[];
  readonly register: readonly RegisterEntry[];
}

/** The cumulative registry: what earlier records carry over, then what this milestone adds. */
export function deferredOf({ range, milestone, evidence, preExisting, register }: Given): readonly DeferredEntry[] {
  const found = new Set(range.after.found.map(([{ fingerprint }]) => fingerprint));
  const carried = carriedDeferrals(range.records, milestone).map((entry): DeferredEntry =>
    entry.fingerprint !== null && !found.has(entry.fingerprint) ? { ...entry, status: "closed" } : entry,
  );
  const known = new Set(carried.map(({ id }) => id));
  const fresh = [
    ...(evidence.unobservable.length === 0 ? [] : [verification(milestone, evidence)]),
    ...preExisting.map((issue) => deferral(issue, milestone)),
    ...deferredRisks(register, milestone),
  ];
  return [...carried, ...fresh.filter(({ id }) => !known.has(id))];
}

function verification(milestone: string, { unobservable, observeUpstream, guards }: EvidenceConstraint): DeferredEntry {
  const id = `${milestone}-V01`;
  const contexts = unique(
    guards
      .filter(({ covers }) => covers)
      .flatMap(({ condition }) => condition.match(/github\.repository(?:_owner)?/gu) ?? []),
  );
  return {
    id,
    issue: `Upstream CI verification of ${listed(unique(unobservable.map((each) => each.id)))}`,
    discovered: milestone,
    deferredTo: "Upstream PR",
    reason: `CI of a fork is skipped by guards on ${contexts.length === 0 ? "the repository" : listed(contexts.map(named))}`,
    blocker: false,
    exitCriteria: observeUpstream.join(" "),
    status: "open",
    isNew: true,
    fingerprint: null,
  };
}

function deferral({ id, finding, recommendation }: Issue, milestone: string): DeferredEntry {
  return {
    id,
    issue: `${finding.message} (${named(finding.file)})`,
    discovered: milestone,
    deferredTo: "a later milestone",
    reason: "it was there before, and is out of scope",
    blocker: false,
    exitCriteria: `${recommendation}; the finding ${named(finding.class)} is gone`,
    status: "open",
    isNew: true,
    fingerprint: finding.fingerprint,
  };
}
