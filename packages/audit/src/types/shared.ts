import type { Severity } from "@ci-fix/codemod";
import type { Milestone, Scores } from "./records.ts";

/**
 * One or more sentences in plain text. Names that come from files stand between backticks, and hold none themselves; a renderer
 * may set them as code. Everything in it, names or not, must be escaped like any text from outside.
 */
export type Sentence = string;

/** `pass`, `fail`, `unknown` (cannot be told from the repository), `n/a` (nothing it could be about was touched). */
export type GateStatus = "pass" | "fail" | "unknown" | "n/a";

/** A question of a review with its answer. `good`: nothing to worry about; `note`: worth knowing; `bad`. */
export interface Answer {
  readonly question: string;
  readonly verdict: "good" | "note" | "bad";
  readonly answer: Sentence;
}

/** A place in a CI file of the audited tree (or of the base, where a field says so). */
export interface Place {
  /** Relative to the repository's root, with `/`. */
  readonly file: string;
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null;
  /** Id of the job; null in a composite action and where the whole file is meant. */
  readonly job: string | null;
  /** What a person calls the step; null where the job itself is meant. */
  readonly step: string | null;
}

/** One finding of a scan, in the words of its class. */
export interface FindingFacts extends Place {
  /** Id in the register, such as `M03-R04`; null where it names none. */
  readonly id: string | null;
  readonly fingerprint: string;
  readonly class: string;
  readonly severity: Severity;
  /** What is wrong: lower case at its start, no full stop. */
  readonly message: Sentence;
  readonly why: Sentence;
  /** Facts that decided, most important first. */
  readonly evidence: readonly Sentence[];
  /**
   * What comes of it: `open` – real and unsettled; `accepted`, `deferred` – settled in the register or by an exception; `kept` –
   * harmless by its facts; `person` – real (or perhaps), and nothing a program can change.
   */
  readonly state: "open" | "accepted" | "deferred" | "kept" | "person";
  /** The reason of a skip (`handled`, `best-effort`, …); null for what can be fixed. */
  readonly reason: string | null;
  /** What was said for it: the words of the skip, or of the register. Empty for what is open. */
  readonly justification: Sentence;
}

/** What a check on a workflow's colour is worth. */
export type SignalStrength = "strong" | "weak" | "cosmetic" | "disabled";

/** A workflow (or composite action) as the inventory lists it. */
export interface WorkflowFacts {
  readonly file: string;
  /** Its `name`, else the file's. */
  readonly name: string;
  readonly kind: "workflow" | "composite-action";
  /** Who generates it; null for one written by hand. */
  readonly generated: string | null;
  readonly triggers: readonly { readonly event: string; readonly filters: readonly string[] }[];
  /**
   * When it runs, the most telling of its triggers: `change` – for each pull request or merge queue entry; `merge` – after a push,
   * tag or release; `schedule`; `hand` – dispatched by a person; `called` – by another workflow; `event` – of issues, labels and the
   * like; `never` – nothing starts it.
   */
  readonly reach: "change" | "merge" | "schedule" | "hand" | "called" | "event" | "never";
  /** `core` – critical work for each change; `delivery` – after a merge; `periodic` – by the clock, by hand or generated; `shared` – called by others; `housekeeping` – nothing critical. */
  readonly tier: "core" | "delivery" | "periodic" | "shared" | "housekeeping";
  /** What it does, most frequent first: `tests`, `lint`, `build`, `security`, `publish`, `deploy`, `coverage`, `notes`, `calls`, `other`. */
  readonly purpose: readonly string[];
  readonly jobs: number;
  readonly steps: number;
  /** True where something in it, live or dead, must be seen when it fails; all other workflows are not scored. */
  readonly matters: boolean;
  /** Steps whose failure must be seen, by what they run, and jobs that call another workflow. */
  readonly critical: number;
  /** Findings in it that are open or for a person. */
  readonly silent: number;
  readonly strength: SignalStrength;
  /** The rule that decided: `S1` … `S7` of docs/audit.md. */
  readonly rule: string;
  /** The same in words, with what it was decided on. */
  readonly why: Sentence;
}

/** An entry of the register, with where it stands today. */
export interface RegisterEntry {
  readonly id: string;
  readonly title: Sentence;
  readonly severity: Severity;
  /** `missing` – nothing was ever found at the place that a person wrote; `expired` – accepted until a day that has passed. */
  readonly status: "open" | "fixed" | "accepted" | "deferred" | "expired" | "missing";
  readonly places: readonly Place[];
  /** Justification, exit criteria, or what to do next. */
  readonly followUp: Sentence;
  readonly owner: string | null;
  /** `YYYY-MM-DD` */
  readonly expires: string | null;
}

/** Something that the files cannot tell. */
export interface EvidenceGap {
  readonly what: Sentence;
  readonly why: Sentence;
  /** How a person would find out. */
  readonly close: Sentence;
}

/** A piece of work for a person or for ci-fix, small enough for a pull request. */
export interface Action {
  /** 1, 2, 3 … in the order in which to do them. */
  readonly number: number;
  readonly task: Sentence;
  readonly category: "ci" | "docs" | "register" | "security" | "verification";
  readonly acceptance: Sentence;
  readonly risk: "low" | "medium" | "high";
  /** What has to be touched, as a count: `2 places in 1 file`. No guess of hours. */
  readonly size: string;
  /** The command that does it; empty where a person has to. */
  readonly command: string;
}

/** An issue that is put off, with what must be seen before it is closed. */
export interface DeferredEntry {
  /** `M04-V01`, `PRE-001`, or the id of a risk. */
  readonly id: string;
  readonly issue: Sentence;
  /** The milestone in which it was found. */
  readonly discovered: string;
  readonly deferredTo: Sentence;
  readonly reason: Sentence;
  readonly blocker: boolean;
  readonly exitCriteria: Sentence;
  readonly status: "open" | "closed";
  /** True where it was added by this milestone. */
  readonly isNew: boolean;
  /** Of the finding it is about, so that it keeps its id; null for others. */
  readonly fingerprint: string | null;
}

/** One of the eight things that are scored. */
export type ScoreName = keyof Omit<Scores, "overall">;

/** How a score came about: what anyone needs to work it out again by hand. */
export interface ScoreTerm {
  readonly name: ScoreName;
  /** 0.0 – 5.0, one decimal; null where nothing can be scored. */
  readonly value: number | null;
  /** The numbers of the rule: `4 ÷ 5`. Empty where nothing can be scored. */
  readonly numbers: string;
  /** What they count: `CI files in which INV-060 holds`; why not, where nothing can be scored. */
  readonly what: Sentence;
}

export interface ScoreRow {
  readonly milestone: Milestone;
  readonly title: string | null;
  readonly scores: Scores;
  /** `recorded` – as `.ci-fix/milestones` says; `base` – worked out for the base; `now` – for the audited tree. */
  readonly from: "recorded" | "base" | "now";
}

export interface ScoreTrend {
  /** Oldest first; the last one is the audited tree. */
  readonly rows: readonly ScoreRow[];
  readonly working: readonly ScoreTerm[];
  /** What moved since the row before, one sentence each. */
  readonly movement: readonly Sentence[];
}

/** An invariant and what is known of it. */
export interface InvariantFacts {
  /** `INV-060` */
  readonly id: string;
  readonly title: Sentence;
  readonly rule: Sentence;
  /** `introduced` – no earlier milestone has it; `held`; `broken`; `untouched` – nothing of what it guards was touched; `unknown`. */
  readonly status: "introduced" | "held" | "broken" | "untouched" | "unknown";
  readonly method: Sentence;
}

/** What both kinds of audit begin with. */
export interface AuditHead {
  /** Raised when a reader of version N would misread the next one. */
  readonly version: 1;
  readonly milestone: Milestone;
  /** From the milestone's record; null where nobody gave it one. */
  readonly title: string | null;
  /** `YYYY-MM-DD`, as it was given. */
  readonly date: string;
  /** `owner/name` that the guards of the workflows name, or that was given; null if neither. */
  readonly repository: string | null;
  /** The audited commit; null outside of a repository. */
  readonly commit: string | null;
  /** CI files that could not be read. */
  readonly unread: readonly { readonly file: string; readonly message: Sentence }[];
}
