/** A letter and two digits or more: `M04`. */
export type Milestone = string;

/** 0.0 – 5.0 with one decimal; null where nothing could be scored. The rubric is docs/audit.md. */
export interface Scores {
  readonly invariants: number | null;
  readonly compat: number | null;
  readonly arch: number | null;
  readonly ci: number | null;
  readonly sec: number | null;
  readonly tests: number | null;
  readonly dx: number | null;
  readonly docs: number | null;
  /** Mean of those that are scored. */
  readonly overall: number | null;
}

export interface InvariantRecord {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  /** Glob patterns of what it guards; empty for the CI files. */
  readonly paths: readonly string[];
}

export interface DeferralRecord {
  readonly id: string;
  readonly issue: string;
  readonly deferredTo: string;
  readonly reason: string;
  readonly blocker: boolean;
  readonly exitCriteria: string;
  readonly status: "open" | "closed";
  readonly fingerprint: string | undefined;
}

/** An entry of the flake and regression log. */
export interface LogRecord {
  readonly item: string;
  readonly type: "flake" | "regression";
  readonly status: string;
  readonly evidence: string;
}

/** `.ci-fix/milestones/M04.yml` */
export interface MilestoneRecord {
  readonly milestone: Milestone;
  readonly title: string | undefined;
  /** `YYYY-MM-DD` */
  readonly date: string | undefined;
  readonly base: string | undefined;
  readonly commit: string | undefined;
  readonly scores: Scores | undefined;
  readonly invariants: readonly InvariantRecord[];
  readonly deferred: readonly DeferralRecord[];
  readonly log: readonly LogRecord[];
}
