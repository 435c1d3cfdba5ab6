import type { Workflow } from "@ci-fix/workflow";
import type { Load } from "./model/files.ts";
import type { ScriptModel } from "./script-model.ts";

/** What is claimed of a fix. Each is about all cases of a run, but `bites`, which needs only one. */
export type ClaimName =
  /** No run that was red before the fix is not red after it. */
  | "never-weaker"
  /** Where all that runs succeeds, nothing turns red that was not, and nothing red turns green. */
  | "same-when-all-is-well"
  /** Some run that was not red before the fix is red after it. */
  | "bites"
  /** Nothing that anybody can see differs. */
  | "no-change";

/** `proved` and `refuted` are exact within the assumptions; a refuted claim shows a case against it. */
export type VerdictName = "proved" | "refuted" | "unknown";

/** Something that can be seen of a run: `run` (`success` for all that is not red), `check of <job>`, `needs.<job>.result`. */
export type ObservableName = string;

/** What a thing is in a case: a result, or a value that a context has; `fault` where an expression cannot be evaluated. */
export type CaseValue = string | number | boolean | null | { readonly fault: true };

/** One thing that has to be so for a case to come about. */
export interface CaseChoice {
  readonly kind: "outcome" | "value" | "answer";
  /** `unit / Run tests` for a step, `github.ref` for a context, the text of an expression for an answer. */
  readonly key: string;
  readonly value: CaseValue;
}

/** A case of a run in which before and after differ. What it does not name is as usual: it succeeds, or does not matter. */
export interface DifferingCase {
  readonly choices: readonly CaseChoice[];
  /** Only what differs, and the run. */
  readonly seen: readonly { readonly observable: ObservableName; readonly before: string; readonly after: string }[];
}

/** A claim about one thing that can be seen. */
export interface ObservedClaim {
  readonly observable: ObservableName;
  readonly verdict: VerdictName;
  /** Zero-based index into the certificate's cases: the proof of `bites`, the counterexample of any other claim. */
  readonly case?: number;
}

export interface Claim {
  readonly name: ClaimName;
  readonly verdict: VerdictName;
  /** Why it is unknown, or why a fix does not bite. One sentence without full stop. */
  readonly reason?: string;
  /** Only what differs in some case, and the run; of anything else `never-weaker` and `no-change` hold as it is the same. */
  readonly observed: readonly ObservedClaim[];
}

/** Something a reviewer should know that no claim says. */
export interface Caveat {
  readonly kind: "red-moved" | "run-stays-green" | "check-gone" | "runs-more";
  /** Jobs it is about. */
  readonly jobs: readonly string[];
  /** True where one of them is a required check. Undefined where nobody said which are required. */
  readonly required?: boolean;
  /** One or two sentences for a person. */
  readonly message: string;
}

/** Where the bite can be observed. */
export interface Evidence {
  /**
   * `anywhere` – also on a fork; `upstream-only` – a fork guard keeps it from being seen elsewhere; `nowhere` – it does not bite.
   */
  readonly observable: "anywhere" | "upstream-only" | "nowhere";
  /** The values of guards under which it bites: `github.repository` and `github.repository_owner`. */
  readonly upstream: Readonly<Record<string, string>>;
  /** Whether it bites in the repository that was named, if one was. */
  readonly here?: { readonly repository: string; readonly bites: boolean };
}

/** What was shown about a fix, small enough to keep. Says nothing of the time or place of its making: same input, same bytes. */
export interface Certificate {
  readonly version: 1;
  readonly file: string;
  /** SHA-256 in hex of the bytes of both sides. */
  readonly before: string;
  readonly after: string;
  /** Other files of the repository that were taken into account. */
  readonly loaded: readonly { readonly file: string; readonly digest: string }[];
  readonly claims: readonly Claim[];
  /** The plainest case of each kind of difference. */
  readonly cases: readonly DifferingCase[];
  /** How many cases there are; those that differ only in what does not matter to whether something turns red, or differs at all, are one. */
  readonly counts: { readonly differing: number; readonly same: number };
  readonly assumptions: readonly string[];
  readonly caveats: readonly Caveat[];
  readonly evidence: Evidence;
}

/** One side of a change: its bytes, or the workflow in them where they have been read. */
export type FileSide = Uint8Array | Workflow;

export interface ProofInput {
  /** Relative to the repository's root, with `/`. */
  readonly file: string;
  readonly before: FileSide;
  readonly after: FileSide;
  /** Reads another file of the repository, as it is on both sides. Without it, called workflows and actions are taken as a whole. */
  readonly load?: Load;
  /** `owner/name` of the repository in which the fix would be observed. */
  readonly evidence?: { readonly repository?: string };
  /** What is known of scripts. Without it each script succeeds or fails as a whole, the same on both sides. */
  readonly scripts?: ScriptModel;
  /** Required checks by the name or id of their job. Undefined: unknown. */
  readonly requiredChecks?: readonly string[];
}

/** What can be said about a fix in one word: a `weaker` one must be refused. */
export type Judgement = "bites" | "no-change" | "does-not-bite" | "weaker" | "unknown";

export interface Proof {
  readonly certificate: Certificate;
  /** SHA-256 in hex of the certificate's canonical text. */
  readonly digest: string;
  readonly judgement: Judgement;
  /** True where no server would run the file after the fix, but the one before it: nothing can be proved of it, and it must be refused. */
  readonly breaks: boolean;
}

/** What came of checking a certificate against the files. */
export interface CheckResult {
  readonly ok: boolean;
  /** `enumerated` – every case was run; `sampled` – the printed cases and random ones; `none` – files do not belong to it. */
  readonly method: "enumerated" | "sampled" | "none";
  /** How many cases were run on both sides. */
  readonly cases: number;
  readonly problems: readonly string[];
}
