import type {
  Action,
  AuditHead,
  DeferredEntry,
  EvidenceGap,
  FindingFacts,
  Place,
  RegisterEntry,
  ScoreTrend,
  Sentence,
  SignalStrength,
  WorkflowFacts,
} from "./shared.ts";

/** A way in which CI can mislead, counted. */
export interface TaxonomyEntry {
  readonly category: "soft-fail" | "conditional" | "masking" | "scope" | "informational";
  /** `step`, `job`, `owner guard`, … */
  readonly mechanism: string;
  /** What it looks like in a file: `continue-on-error: true`. */
  readonly looksLike: string;
  readonly meaning: Sentence;
  /** How many units, scripts or workflows have it. */
  readonly count: number;
  /** In how many files. */
  readonly files: number;
  /** All of them, in file order. */
  readonly places: readonly Place[];
}

export interface Inventory {
  readonly files: number;
  readonly workflows: number;
  /** Composite actions. */
  readonly actions: number;
  /** CI files that hold neither: actions that are programs, and what cannot be read. */
  readonly others: number;
  readonly reusable: number;
  readonly generated: number;
  readonly scheduled: number;
  readonly dispatchable: number;
  readonly jobs: number;
  readonly steps: number;
  /** How many workflows (composite actions aside) have each strength. */
  readonly strengths: Readonly<Record<SignalStrength, number>>;
  /** By tier (core first), then by file. */
  readonly list: readonly WorkflowFacts[];
}

/** One soft-fail, whatever was made of it. */
export interface SoftFailFacts extends Place {
  readonly id: string | null;
  readonly scope: "step" | "job";
  /** As it is written: `true`, or the expression. */
  readonly value: string;
  /** What it runs, by the judgement: `pytest (tests)`. */
  readonly runs: Sentence;
  /** `critical` – hides work that matters; `legitimate` – for a reason that the file gives; `settled` – in the register; `person` – not for a program to tell. */
  readonly judgement: "critical" | "legitimate" | "settled" | "person";
  /** The facts behind it, and for a legitimate one its justification. */
  readonly because: Sentence;
}

export interface FullSummary {
  /** The state in one sentence. */
  readonly verdict: Sentence;
  readonly color: "green" | "yellow" | "red";
  /** Headline counts: what, how many, in how many files. */
  readonly counts: readonly { readonly what: string; readonly count: number; readonly files: number }[];
  /** The most severe findings that are not settled, five at most. */
  readonly top: readonly FindingFacts[];
  readonly nextAction: Sentence;
}

/** What CI says and what it hides, today. */
export interface FullAudit extends AuditHead {
  readonly mode: "full";
  readonly summary: FullSummary;
  readonly taxonomy: readonly TaxonomyEntry[];
  readonly inventory: Inventory;
  readonly softFails: readonly SoftFailFacts[];
  /** Every finding of every class, in file order. */
  readonly findings: readonly FindingFacts[];
  readonly register: readonly RegisterEntry[];
  readonly gaps: readonly EvidenceGap[];
  readonly deferred: readonly DeferredEntry[];
  readonly scores: ScoreTrend;
  /** In the order in which to do them. */
  readonly recommendations: readonly Action[];
}
