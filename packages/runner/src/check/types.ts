import type { Severity } from "@ci-fix/codemod";
import type { ObjectId } from "@ci-fix/git";
import type { LocatedFinding, PlacedException } from "@ci-fix/register";
import type { ScanError } from "../types.ts";

export interface CheckOptions {
  /** Where to look; its repository's root is the root of all paths. Default: the current folder. */
  readonly directory?: string;
  /** The revision to compare with, as it is. Default: where HEAD parted from the default branch. */
  readonly base?: string;
  /** Revisions that may be the default branch, tried before the usual names. */
  readonly branches?: readonly string[];
  /** `work-tree` – files as they are on disk; `head` – as the last commit holds them. */
  readonly at: "work-tree" | "head";
  /** `YYYY-MM-DD`, the day on which exceptions are judged; default today (UTC). */
  readonly date?: string;
}

/** The commit that a change is compared with. */
export interface Base {
  readonly oid: ObjectId;
  /** The revision it comes from, as a person names it. */
  readonly name: string;
}

/** A silent failure that the change brings in. */
export interface NewFinding {
  readonly located: LocatedFinding;
  /** What of the change itself would except it: one phrase. It counts once it stands on the base. */
  readonly exemption: string | undefined;
}

/** What a change does to the silent failures of a repository. */
export interface CheckResult {
  readonly root: string;
  readonly base: Base;
  /** True where base and HEAD are one commit: then only what is not committed is compared. */
  readonly sameCommit: boolean;
  /** How many CI files of the change were looked at. */
  readonly files: number;
  /** By file, then line. */
  readonly fresh: readonly NewFinding[];
  /** Exceptions whose last day has passed, in comments and in the register. */
  readonly expired: readonly LocatedFinding[];
  /** CI files that cannot be read, and could on the base or are new. */
  readonly unreadable: readonly ScanError[];
  /** Silent failures that are on the base as well. They are tolerated; `excepted` are those that somebody answers for. */
  readonly old: readonly LocatedFinding[];
  readonly excepted: readonly LocatedFinding[];
  /** Findings of the base that are gone. */
  readonly gone: readonly LocatedFinding[];
  /** Exceptions of the change that are not on the base: they do not count yet. */
  readonly pending: readonly PlacedException[];
  /** What else of the change does not count yet, one sentence each: relaxed keys of the policy, settled risks. */
  readonly remarks: readonly string[];
  /** INV-060: nothing new, nothing expired, nothing unreadable. */
  readonly holds: boolean;
  /** Those that the policy adds to INV-060, in its order. */
  readonly invariants: readonly CheckedInvariant[];
  /** Thresholds of the policy that are exceeded. */
  readonly exceeded: readonly ExceededThreshold[];
  /** True where every invariant holds and no threshold is exceeded. */
  readonly passes: boolean;
}

/** An invariant of the policy after a change. */
export interface CheckedInvariant {
  readonly id: string;
  readonly statement: string;
  /** What breaks it, old and new. */
  readonly broken: readonly LocatedFinding[];
  readonly holds: boolean;
}

/** A severity of which more findings are open than the policy lets be. */
export interface ExceededThreshold {
  readonly severity: Severity;
  readonly limit: number;
  readonly found: number;
}
