import type { Answer, InvariantFacts, Sentence } from "./shared.ts";

/** Workflows that could be green, or were not there, while something that matters failed: found by the proof model. */
export interface Misleading {
  /** Workflows in which a case exists that is green though a critical unit failed. */
  readonly masking: readonly MisleadingWorkflow[];
  /** Workflows with jobs that never ran, whatever happened. */
  readonly disabled: readonly MisleadingWorkflow[];
  /** Found by rule alone: the class has no fix, so that the model has nothing to compare with. */
  readonly byRule: readonly MisleadingWorkflow[];
}

export interface MisleadingWorkflow {
  readonly file: string;
  /** What is hidden, one sentence for each finding. */
  readonly hidden: readonly Sentence[];
  /** True where the range touched it. */
  readonly touched: boolean;
}

/** Section 5. */
export interface CiAudit {
  readonly determinism: readonly Answer[];
  readonly before: Misleading;
  readonly after: Misleading;
  readonly rootCauses: readonly Sentence[];
  readonly minimalFixes: readonly Sentence[];
  readonly guardrailsAdded: readonly Sentence[];
}

/** Section 6. */
export interface TestsReview {
  /** What is known of coverage, which no file tells. */
  readonly coverage: readonly {
    readonly metric: string;
    readonly before: string;
    readonly after: string;
    readonly delta: Sentence;
  }[];
  readonly newTests: readonly Sentence[];
  readonly invariants: readonly InvariantFacts[];
  readonly flaky: readonly Sentence[];
  readonly endToEnd: Sentence;
  readonly harness: readonly Sentence[];
  readonly missingInvariants: readonly Sentence[];
  readonly missingTests: readonly Sentence[];
  readonly fastFixes: readonly Sentence[];
  readonly markers: readonly Sentence[];
}

/** Something of the supply chain or of trust that differs between the sides. */
export interface TrustDelta {
  readonly file: string;
  /** `permissions`, `secrets`, `triggers`, `pinning`, `runners`, `eligibility`. */
  readonly aspect: "permissions" | "secrets" | "triggers" | "pinning" | "runners" | "eligibility";
  readonly change: Sentence;
  /** True where it widens what a run may do, or who may start it. */
  readonly widens: boolean;
}

/** How the actions of a tree are pinned. */
export interface Pinning {
  /** Uses of actions and reusable workflows from elsewhere. */
  readonly uses: number;
  /** To a full commit or a digest. */
  readonly commit: number;
  /** To a version tag. */
  readonly tag: number;
  /** To a branch, or to nothing. */
  readonly floating: number;
}

/** Section 7. */
export interface SecurityReview {
  readonly dependencies: readonly Sentence[];
  /** Security scanners that came, went, or run again. */
  readonly posture: readonly { readonly change: Sentence; readonly impact: "improved" | "worse" | "same" }[];
  readonly secrets: readonly Sentence[];
  readonly trust: readonly TrustDelta[];
  readonly pinning: { readonly before: Pinning; readonly after: Pinning };
  readonly provenance: Sentence;
}
