import type { Entry, StoredPlan } from "../types.ts";
import { hasBranch } from "./close.ts";

/** Ids of risks that can be taken back, by where their fixes are. */
export interface Landed {
  /** On the campaign's branch. */
  readonly branch: readonly string[];
  /** In the default branch. */
  readonly base: readonly string[];
}

/** Where these risks landed, those that were taken back aside. Risks of one commit can only go together. */
export function landedIn(entry: Entry, ids: readonly string[]): Landed {
  const isMerged = entry.state === "merged";
  const branch = !isMerged && entry.planBody && hasBranch(entry) ? together(entry, entry.planBody, ids) : [];
  const base = together(entry, mergedPlan(entry), ids);
  return { branch, base: base.filter((id) => !branch.includes(id)) };
}

/** All that was merged as one plan. What was merged more than once counts as it was the last time. */
export function mergedPlan({ state, planBody, merged }: Pick<Entry, "state" | "planBody" | "merged">): StoredPlan {
  const all = state === "merged" && planBody !== null ? [...merged, planBody] : merged;
  const seen = new Set<string>();
  const plans = all.toReversed().map((plan) => {
    const commits = plan.commits.filter((commit) => !commit.ids.some((id) => seen.has(id)));
    const fresh = new Set(commits.flatMap((commit) => commit.ids));
    for (const id of fresh) seen.add(id);
    return { commits, risks: plan.risks.filter(({ id }) => fresh.has(id)) };
  });
  return {
    commits: plans.flatMap(({ commits }) => commits),
    risks: plans.flatMap(({ risks }) => risks),
    left: [],
  };
}

function together(entry: Entry, plan: StoredPlan, ids: readonly string[]): string[] {
  const found = plan.commits.filter((commit) => commit.ids.some((id) => ids.includes(id)));
  return [...new Set(found.flatMap((commit) => commit.ids))].filter((id) => !entry.takenBack.includes(id));
}
