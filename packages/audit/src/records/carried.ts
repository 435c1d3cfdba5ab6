import type { DeferredEntry, InvariantRecord, MilestoneRecord, ScoreRow } from "../types.ts";
import { compareMilestones } from "./load.ts";

/** Records of a milestone and of those before it. */
export function recordsUntil(records: readonly MilestoneRecord[], milestone: string): readonly MilestoneRecord[] {
  return records.filter((record) => compareMilestones(record.milestone, milestone) <= 0);
}

/** Deferrals that records tell, each once, as the newest that names it says. `isNew`: those that this milestone brought. */
export function carriedDeferrals(all: readonly MilestoneRecord[], current: string): readonly DeferredEntry[] {
  const records = recordsUntil(all, current);
  const entries = new Map<string, DeferredEntry>();
  for (const { milestone, deferred } of records) {
    for (const entry of deferred) {
      entries.set(entry.id, {
        ...entry,
        fingerprint: entry.fingerprint ?? null,
        discovered: entries.get(entry.id)?.discovered ?? milestone,
        isNew: (entries.get(entry.id)?.discovered ?? milestone) === current,
      });
    }
  }
  return [...entries.values()];
}

/** Invariants that were written down, each with the milestone that brought it. */
export function knownInvariants(
  records: readonly MilestoneRecord[],
): ReadonlyMap<string, { readonly record: InvariantRecord; readonly since: string }> {
  const known = new Map<string, { record: InvariantRecord; since: string }>();
  for (const { milestone, invariants } of records) {
    for (const record of invariants) known.set(record.id, { record, since: known.get(record.id)?.since ?? milestone });
  }
  return known;
}

export function recordedRows(records: readonly MilestoneRecord[]): readonly ScoreRow[] {
  return records.flatMap(({ milestone, title, scores }) =>
    scores === undefined ? [] : [{ milestone, title: title ?? null, scores, from: "recorded" as const }],
  );
}
