import type { Policy } from "@ci-fix/codemod";
import type { Proof } from "@ci-fix/proof";
import type { LocatedFinding, MatchedRisk, Register } from "@ci-fix/register";
import type { RepositoryView } from "@ci-fix/workflow";
import type { ByteSplice } from "@ci-fix/yaml-editor";

/** Where CI files are read from: the work tree of a folder, or the tree of a commit. */
export interface FileSource {
  /** Absolute. */
  readonly root: string;
  /** Paths of CI files relative to the root, sorted. */
  list(): Promise<readonly string[]>;
  /** Rejects with `CiFixError` for what cannot be read (symlink, unreadable, too large). */
  read(path: string): Promise<Uint8Array>;
  /** The other files of the same tree, for what a CI file calls. */
  repository(): Promise<RepositoryView>;
}

/** One file that could not be looked at. It never stops the run. */
export interface ScanError {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly line: number | undefined;
}

export interface ScanResult {
  readonly root: string;
  /** How many CI files were looked at. */
  readonly files: number;
  /** Skips included; ordered by file, then line. */
  readonly findings: readonly LocatedFinding[];
  readonly errors: readonly ScanError[];
}

/** What one risk (or class) changes in one file. */
export interface FileChange {
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Byte offsets in `before`. */
  readonly splices: readonly ByteSplice[];
  readonly findings: readonly LocatedFinding[];
}

/** Why a risk (or part of it) is not changed. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly hint: string | undefined;
}

/** All that one risk changes, worked out and checked; nothing is written. */
export interface RiskPlan {
  /** `M03-R04`; for findings without one, null. */
  readonly id: string | null;
  readonly title: string;
  readonly findings: readonly LocatedFinding[];
  readonly changes: readonly FileChange[];
  /** What is shown of each change, in the order of `changes`. */
  readonly proofs: readonly Proof[];
  readonly refusals: readonly Refusal[];
  /** True when it has nothing left to do: its findings are gone. */
  readonly done: boolean;
}

/** Risks that can only be taken back together are one commit. */
export interface PlannedCommit {
  readonly plans: readonly RiskPlan[];
  /** Of each changed file, from the commit before to this one. */
  readonly proofs: readonly Proof[];
  readonly message: string;
  readonly changes: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface MadeCommit {
  readonly oid: string;
  readonly subject: string;
  readonly ids: readonly string[];
  readonly files: readonly string[];
}

/** The way back from one landing, worked out and checked; nothing is written. */
export interface RollbackPlan {
  /** More than one where they landed together. */
  readonly ids: readonly string[];
  /** Subject of the commit that is taken back. */
  readonly subject: string;
  readonly changes: readonly { readonly file: string; readonly before: Uint8Array; readonly after: Uint8Array }[];
  /** Why it cannot be done exactly; then there are no changes. */
  readonly refusals: readonly Refusal[];
  /** True when it is not in effect: nothing to take back. */
  readonly already: boolean;
}

export type { LocatedFinding, MatchedRisk, Policy, Proof, Register };
