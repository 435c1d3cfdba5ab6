import type { Codemod, Finding, Outcome, Policy, Severity } from "@ci-fix/codemod";
import type { Unit, Workflow } from "@ci-fix/workflow";

/** A finding with all that names it outside its file. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly codemod: Codemod;
  readonly workflow: Workflow;
  /** Relative to the repository's root, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, UTF-16 units. */
  readonly column: number;
  /** 16 hex digits. Survives moved lines and renamed neighbours; see `fingerprints`. */
  readonly fingerprint: string;
}

/** A finding before it has its fingerprint. */
export type UnprintedFinding = Omit<LocatedFinding, "fingerprint">;

export type RiskStatus = "open" | "fixed" | "accepted" | "deferred";
export type RiskAction = "fix" | "document";

/** One place a risk is about. A person may write file, job and step alone. */
export interface RiskTarget {
  readonly file: string;
  readonly job: string | undefined;
  /** The step's name, id or label. Without it the target is the job itself (or, without a job, all of the file). */
  readonly step: string | undefined;
  readonly class: string | undefined;
  readonly action: RiskAction | undefined;
  readonly fingerprint: string | undefined;
}

/** An entry of the register. */
export interface Risk {
  readonly id: string;
  readonly title: string | undefined;
  readonly severity: Severity;
  readonly status: RiskStatus;
  readonly targets: readonly RiskTarget[];
  /** For `accepted`: why that is all right. */
  readonly justification: string | undefined;
  /** For `deferred`: what must be seen before it is closed. */
  readonly exitCriteria: string | undefined;
  readonly owner: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly expires: string | undefined;
}

export interface Register {
  readonly risks: readonly Risk[];
}

/** A register that cannot be read, with the place. */
export interface RegisterProblem {
  readonly message: string;
  /** 1-based. */
  readonly line: number | undefined;
}

export type ReadRegisterResult =
  | { readonly ok: true; readonly register: Register }
  | { readonly ok: false; readonly problems: readonly RegisterProblem[] };

/** Findings that belong together: what one commit changes. One file and one codemod, unless a person's register says otherwise. */
export interface MatchedRisk {
  readonly risk: Risk;
  /** The findings of its targets, by file, then line. Empty when all of them are gone. */
  readonly findings: readonly LocatedFinding[];
  /** Targets for which nothing was found (any more). Targets in files that could not be read are not among them. */
  readonly vanished: readonly RiskTarget[];
  readonly mismatches: readonly Mismatch[];
}

/** A finding that is not what its target in the register says. It stays with its risk. */
export interface Mismatch {
  readonly target: RiskTarget;
  readonly finding: LocatedFinding;
  /** `action`: another outcome than the target's action; `renamed`: taken for a step whose name is gone. */
  readonly kind: "action" | "renamed";
  /** One sentence. */
  readonly message: string;
}

export interface RegisterMatch {
  readonly risks: readonly MatchedRisk[];
  /** Actionable findings (fix or document) that no risk names. */
  readonly unregistered: readonly LocatedFinding[];
  /** The id of each finding that has one. */
  readonly ids: ReadonlyMap<LocatedFinding, string>;
}

export interface RegisterUpdate {
  /** The new text of `.ci-fix/register.yml`; equal to the old bytes when there is nothing to do. */
  readonly bytes: Uint8Array;
  readonly added: readonly Risk[];
  /** Risks whose targets have all vanished. */
  readonly fixed: readonly string[];
  /** Risks that came back: `fixed` in the register, found again. */
  readonly reopened: readonly string[];
  /** Risks that gained fingerprints or targets. */
  readonly filled: readonly string[];
  /** Open risks with a target for which nothing was ever found: a mistyped file, job or step, or fixed before the register knew it. */
  readonly notFound: readonly string[];
}

/** What a caller knows beyond the findings. */
export interface MatchOptions {
  /** CI files that could not be read. Nothing is concluded from the absence of their findings. */
  readonly unread?: readonly string[];
  /**
   * Whether a step whose name is gone is looked for under a new one (default true). Only sound where the register and the
   * findings are complete; give false for a part of either.
   */
  readonly renames?: boolean;
}

export interface UpdateOptions extends MatchOptions {
  /**
   * Ids whose fix stands in the history. A target that was written by hand and never had a fingerprint is only taken for
   * fixed with this: without it, a mistyped name looks the same.
   */
  readonly landed?: readonly string[];
  /** What the `$schema` line of a new register points to; relative to `.ci-fix/`. */
  readonly schema?: string;
}

/** What a person decides about a risk. */
export type StatusChange =
  | { readonly status: "accepted"; readonly justification: string; readonly owner?: string; readonly expires?: string }
  | { readonly status: "deferred"; readonly exitCriteria: string; readonly owner?: string; readonly expires?: string }
  | { readonly status: "open" };

export type StatusRefusalCode = "unreadable-register" | "unknown-risk" | "bad-value" | "edit-refused";

export type StatusChangeResult =
  /** `bytes` equal the old ones when the register says all of it already. */
  | { readonly ok: true; readonly bytes: Uint8Array; readonly risk: Risk }
  | {
      readonly ok: false;
      readonly code: StatusRefusalCode;
      readonly message: string;
      readonly line: number | undefined;
    };

export type { Codemod, Finding, Outcome, Policy, Severity, Unit };
