import type { Policy, Severity } from "@ci-fix/codemod";
import type { BuildOptions, Limits } from "@ci-fix/git";
import type { Refusal, ScanError } from "@ci-fix/runner";
import type { State } from "./states.ts";

export type { State } from "./states.ts";

/** How far `apply` goes. */
export type Reach = "committed" | "pushed" | "pr-open";

/** What is to be done with a repository, as its ticket in the queue says. */
export type Step =
  | { readonly kind: "scan" }
  | { readonly kind: "land"; readonly reach: Reach }
  | { readonly kind: "take-back"; readonly ids: readonly string[]; readonly reach: Reach }
  | { readonly kind: "close"; readonly why: string }
  | { readonly kind: "look" };

/** A repository that was asked for. */
export interface Source {
  readonly kind: "folder" | "remote";
  /** Absolute path, or the address. */
  readonly source: string;
  /** `owner/name`, or the folder's name: what a person is told. */
  readonly name: string;
  /** Empty for a folder. */
  readonly host: string;
  readonly organisation: string;
  /** Known before it is looked at: it is not taken up, for this reason. */
  readonly skip?: { readonly reason: string; readonly detail: string };
}

/** What holds for a whole campaign from its first command on, so that each machine makes the same commits. */
export interface Settings {
  /** Wins over the repositories' own policy files where it is said. */
  readonly milestone: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly author: BuildOptions;
  /** Short name of the branch that is made. */
  readonly branch: string;
  readonly classes: readonly string[] | null;
  readonly includeReview: boolean;
  readonly limits: Limits;
  /** Repositories of one host, and of one organisation of it, that are worked on at a time by all workers together. */
  readonly perHost: number;
  readonly perOrganisation: number;
  /** Tries before a disturbance counts as a failure. */
  readonly tries: number;
  /** Workers that may die over one repository before it goes to the dead letters. */
  readonly deaths: number;
  readonly pullRequest: PullRequestSettings;
}

export interface PullRequestSettings {
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  /** Markdown in which `{changes}` stands for the list of what the pull request does; null for the usual words. */
  readonly template: string | null;
  /** `{count}` stands for the number of fixes. */
  readonly title: string;
}

/** One commit of a plan, whole but for its parent. Digests name contents of the ledger. */
export interface StoredCommit {
  readonly ids: readonly string[];
  readonly message: string;
  readonly changes: readonly { readonly path: string; readonly digest: string }[];
}

/** A risk that the plan fixes, with what is needed to take it back. */
export interface StoredRisk {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly effects: readonly string[];
  readonly alone: readonly StoredAlone[];
}

/** One file with nothing but one risk fixed: contents by digest, and the edit between them. */
export interface StoredAlone {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Byte offsets in `before`. */
  readonly splices: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

export interface StoredPlan {
  readonly commits: readonly StoredCommit[];
  readonly risks: readonly StoredRisk[];
  /** Ids that are found and not fixed, with the reason. */
  readonly left: readonly { readonly id: string; readonly why: string }[];
}

/** A repository as the ledger has it. */
export interface Entry {
  readonly campaign: string;
  readonly id: string;
  readonly source: string;
  readonly kind: "folder" | "remote";
  readonly name: string;
  readonly host: string;
  readonly organisation: string;
  readonly state: State;
  readonly reason: string;
  readonly detail: string;
  readonly headRef: string | null;
  /** The commit that was scanned. */
  readonly head: string | null;
  /** The ci-fix that scanned it: another version may judge otherwise. */
  readonly scannedBy: string | null;
  /** Keys and variants of the judgements of its files. */
  readonly judged: readonly JudgementRef[];
  /** Files that could not be looked at. */
  readonly errors: readonly ScanError[];
  /** Digest of what is planned: the same wherever the same files get the same fixes. */
  readonly plan: string | null;
  readonly planBody: StoredPlan | null;
  /** What was merged before this plan, oldest first: it can still be taken back. */
  readonly merged: readonly StoredPlan[];
  /** The commit that the fixes stand on, and the last of them. */
  readonly base: string | null;
  readonly tip: string | null;
  /** Every commit that this campaign ever meant the branch to be at. Anything else there is somebody else's. */
  readonly tips: readonly string[];
  /** Where the branch is, as far as is known; null where there is none. */
  readonly pushed: string | null;
  readonly pull: number | null;
  readonly pullUrl: string | null;
  /** Plans to which somebody said no by closing the pull request. */
  readonly declined: readonly string[];
  /** Risks that were taken back. */
  readonly takenBack: readonly string[];
  /** The state in which it failed. */
  readonly failedIn: State | null;
  readonly tries: number;
  readonly nextAt: number | null;
  readonly step: Step | null;
  readonly ticket: string | null;
  readonly worker: string | null;
}

export interface JudgementRef {
  readonly key: string;
  readonly variant: string;
}

/** What may change of an entry. */
export type Change = Partial<
  Omit<Entry, "campaign" | "id" | "source" | "kind" | "ticket" | "worker" | "step" | "tries" | "nextAt" | "failedIn">
>;

/** A risk of the fleet. */
export interface FleetRisk {
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly codemod: string;
  readonly classes: readonly string[];
  readonly files: readonly string[];
}

/** A risk as a judgement stores it: contents by digest. */
export interface StoredJudgedRisk extends Omit<FleetRisk, "id"> {
  readonly id: string | null;
  readonly standing: "fix" | "review" | "report" | "refused";
  readonly refusals: readonly Refusal[];
  readonly effects: readonly string[];
  readonly alone: readonly StoredAlone[];
}

export interface StoredJudgement {
  readonly errors: readonly ScanError[];
  readonly risks: readonly StoredJudgedRisk[];
  readonly commits: readonly {
    readonly keys: readonly string[];
    readonly words: {
      readonly subject: string;
      readonly body: readonly string[];
      readonly trailers: readonly string[];
    };
    readonly changes: readonly { readonly path: string; readonly digest: string }[];
  }[];
  readonly kept: number;
}

export type { Policy };
