import type { TreeEntry } from "@ci-fix/git";
import type { MatchedRisk } from "@ci-fix/register";
import type { CheckResult, LandedFix, ProofContext, Survey, ToldCommit } from "@ci-fix/runner";
import type { Judged } from "../inventory/workflow-facts.ts";
import type { Tree } from "../tree.ts";
import type { Inventory, MilestoneRecord, RiskProof, TouchedFile } from "../types.ts";

/** One end of the range. */
export interface Side {
  readonly tree: Tree;
  readonly found: readonly Judged[];
  readonly inventory: Inventory;
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/** A risk that landed within the range, with what its fix changed. */
export interface Landed {
  readonly id: string;
  readonly risk: MatchedRisk | undefined;
  /** What it is about at the base: the findings that the fix settles. */
  readonly settled: readonly Judged[];
  readonly fix: LandedFix;
}

/** All that the sections of a delta audit are worked out from. */
export interface Range {
  readonly survey: Survey;
  readonly base: { readonly commit: string; readonly name: string };
  readonly before: Side;
  readonly after: Side;
  /** Commits of the range, oldest first. */
  readonly commits: readonly ToldCommit[];
  /** The whole history of landings and rollbacks, newest first. */
  readonly history: readonly ToldCommit[];
  readonly landed: readonly Landed[];
  /** Ids whose fix stands in the history of HEAD, the range and what came before it. */
  readonly standing: ReadonlySet<string>;
  readonly files: readonly TouchedFile[];
  readonly proofs: readonly RiskProof[];
  /** The gate on the same range. */
  readonly check: CheckResult;
  readonly records: readonly MilestoneRecord[];
  /** True where a record of this audit is about to be written. */
  readonly recording: boolean;
  readonly context: ProofContext;
  /** True where the base leads to HEAD. */
  readonly isAncestor: boolean;
  /** The default branch of the remote, where there is one, and whether HEAD is in it. */
  readonly upstream: { readonly name: string; readonly merged: boolean } | undefined;
}

/** True for files of CI: workflows and composite actions. */
export function isCi({ surface }: Pick<TouchedFile, "surface">): boolean {
  return surface === "workflow" || surface === "action";
}
