import type { CommitFacts, JobGraph, RiskProof, TouchedFile } from "./changes.ts";
import type { Milestone, Scores } from "./records.ts";
import type { CiAudit, SecurityReview, TestsReview } from "./review.ts";
import type {
  Action,
  Answer,
  AuditHead,
  DeferredEntry,
  EvidenceGap,
  FindingFacts,
  GateStatus,
  RegisterEntry,
  ScoreTrend,
  Sentence,
} from "./shared.ts";

/** A condition that keeps a job from running elsewhere than upstream. */
export interface ForkGuard {
  readonly file: string;
  /** 1-based line of the condition. */
  readonly line: number;
  readonly job: string;
  /** The condition as written. */
  readonly condition: string;
  /** What it asks of `github.repository` or `github.repository_owner`, such as `pytorch`. */
  readonly wants: readonly string[];
  /** True where the job of a landed risk stands behind it. */
  readonly covers: boolean;
}

/** Section 2: what could not be seen where the change was made, and how it is shown instead. */
export interface EvidenceConstraint {
  /** `fork_ci_guarded` – guards keep some effect from being seen on a fork; `none` – each can be seen on the pull request. */
  readonly type: "fork_ci_guarded" | "none";
  readonly guards: readonly ForkGuard[];
  /** How many jobs of all workflows of the audited tree stand behind such a guard, and in how many files. */
  readonly guarded: {
    readonly jobs: number;
    readonly files: number;
    readonly ofJobs: number;
    readonly ofFiles: number;
  };
  /** One sentence for each effect that only shows upstream, with the risk. */
  readonly unobservable: readonly { readonly id: string; readonly effect: Sentence }[];
  /** Mechanical rules that the proofs rest on, one sentence for each kind of change that was made. */
  readonly mechanics: readonly Sentence[];
  /** What to watch upstream, one sentence each. */
  readonly observeUpstream: readonly Sentence[];
  /** What the proofs take for granted. */
  readonly assumptions: readonly Sentence[];
}

/** A surface that somebody uses, or a zone in which changes are dangerous, by the paths touched. */
export interface PathAssessment {
  readonly name: string;
  readonly touched: boolean;
  readonly files: readonly string[];
  readonly note: Sentence;
}

/** Section 3. */
export interface DeltaMap {
  readonly files: readonly TouchedFile[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly surfaces: readonly PathAssessment[];
  readonly zones: readonly PathAssessment[];
  /** Where breakage would show, one sentence for each effect, in the order of the risks. */
  readonly blastRadius: readonly Sentence[];
  readonly blastSummary: Sentence;
}

/** Section 4. */
export interface Architecture {
  readonly answers: readonly Answer[];
  readonly keep: readonly Sentence[];
  readonly fixNow: readonly Sentence[];
  readonly defer: readonly Sentence[];
}

/** Section 8. */
export interface Guardrail {
  readonly name: string;
  readonly status: GateStatus;
  readonly evidence: Sentence;
}

/** Section 9. */
export interface Issue {
  /** `PRE-001` for what was there before; `NEW-001` for what the range brought. */
  readonly id: string;
  readonly finding: FindingFacts;
  readonly interpretation: Sentence;
  readonly recommendation: Sentence;
  readonly guardrail: Sentence;
  readonly rollback: Sentence;
}

/** Section 13. */
export interface LogEntry {
  readonly item: Sentence;
  readonly type: "flake" | "regression";
  readonly firstSeen: string;
  readonly status: Sentence;
  readonly evidence: Sentence;
  readonly fixOrDefer: Sentence;
}

/** Section 15. */
export interface QualityGate {
  readonly key:
    | "invariants"
    | "ci"
    | "tests"
    | "coverage"
    | "compatibility"
    | "workflows"
    | "security"
    | "dx_docs"
    | "guardrails";
  readonly name: string;
  readonly status: GateStatus;
  readonly evidence: Sentence;
  /** One step that mends a failure; empty for what did not fail. */
  readonly fix: Sentence;
}

/** The machine-readable appendix, with the keys that readers of earlier audits know. */
export interface Appendix {
  readonly milestone: Milestone;
  readonly mode: "delta";
  /** `preserve` – no run that is well ends differently; `change` – some does. */
  readonly posture: "preserve" | "change";
  /** Short commit and range, as git abbreviates them: 11 hex digits. */
  readonly commit: string;
  readonly range: string;
  readonly verdict: "green" | "yellow" | "red";
  /** A gate with nothing to look at passes. */
  readonly quality_gates: Readonly<Record<Exclude<QualityGate["key"], "workflows">, "pass" | "fail" | "unknown">>;
  readonly issues: readonly {
    readonly id: string;
    readonly class: string;
    readonly severity: string;
    readonly file: string;
    readonly line: number | null;
  }[];
  readonly deferred_registry_updates: readonly {
    readonly id: string;
    readonly deferred_to: string;
    readonly reason: string;
    readonly exit_criteria: string;
  }[];
  readonly score_trend_update: Scores;
  readonly evidence_constraint: {
    readonly type: "fork_ci_guarded" | "none";
    readonly verification_method: "diff_semantic_proof";
    readonly upstream_verification_required: boolean;
  };
}

/** What a milestone changed, from one commit to another. The sections of the Markdown follow these fields. */
export interface DeltaAudit extends AuditHead {
  readonly mode: "delta";
  readonly base: { readonly commit: string; readonly name: string };
  /** Oldest first. */
  readonly commits: readonly CommitFacts[];
  readonly posture: Appendix["posture"];
  readonly verdict: { readonly color: "green" | "yellow" | "red"; readonly words: Sentence };
  readonly summary: {
    readonly wins: readonly Sentence[];
    readonly risks: readonly Sentence[];
    readonly nextAction: Sentence;
  };
  readonly evidence: EvidenceConstraint;
  readonly map: DeltaMap;
  readonly architecture: Architecture;
  readonly ci: CiAudit;
  readonly tests: TestsReview;
  readonly security: SecurityReview;
  readonly guardrails: readonly Guardrail[];
  /** What the range brought. */
  readonly issues: readonly Issue[];
  /** What is on both sides, was not touched, and is not in the register. */
  readonly preExisting: readonly Issue[];
  readonly actions: readonly Action[];
  readonly register: readonly RegisterEntry[];
  readonly deferred: readonly DeferredEntry[];
  readonly scores: ScoreTrend;
  readonly log: readonly LogEntry[];
  readonly proofs: readonly RiskProof[];
  readonly gates: readonly QualityGate[];
  readonly conclusion: { readonly points: readonly Sentence[]; readonly recommendation: Sentence };
  readonly gaps: readonly EvidenceGap[];
  /** Of every touched workflow. */
  readonly graphs: readonly JobGraph[];
  readonly appendix: Appendix;
}
