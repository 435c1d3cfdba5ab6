import type { Unit, Workflow } from "@ci-fix/workflow";
import type { Edit, Path, Span } from "@ci-fix/yaml-editor";

/** Most urgent first. */
export type Severity = "critical" | "high" | "medium" | "low";

/**
 * `safe` – applied by `--all`; `review` – only with `--include-review` or by name; `report` – never applied.
 */
export type Safety = "safe" | "review" | "report";

/** What the change does to a run. */
export type Effect =
  | "reveals-failure"
  | "may-block-merge"
  | "deletes-dead-code"
  | "restores-check"
  | "documents"
  | "needs-decision";

/** Why a finding is left as it is. Closed. */
export type SkipReason =
  | "handled"
  | "retried"
  | "negative-test"
  | "varies"
  | "best-effort"
  | "advisory"
  | "documented"
  | "generated"
  | "meant-to-fail"
  | "whole-file"
  | "last-unit"
  | "positional-reader"
  | "read-elsewhere"
  | "changes-a-live-unit"
  | "not-representable"
  | "no-effect"
  | "needs-person"
  | "excepted";

/** What can be done about a finding. Edits name places of the original file. */
export type Outcome =
  | {
      readonly kind: "fix";
      readonly title: string;
      readonly safety: Safety;
      readonly effect: Effect;
      readonly edits: readonly Edit[];
    }
  | {
      readonly kind: "document";
      readonly title: string;
      readonly safety: Safety;
      readonly effect: "documents";
      readonly edits: readonly Edit[];
    }
  | { readonly kind: "skip"; readonly reason: SkipReason; readonly message: string };

export interface Finding {
  /** The class of risk, such as `soft-fail-step`; one of the codemod's `meta.classes`. */
  readonly class: string;
  readonly severity: Severity;
  /** What is wrong, as a fact. It starts in lower case and has no full stop: it stands behind `high[soft-fail-step]: `. */
  readonly message: string;
  /** Why it matters: a sentence with its full stop. */
  readonly why: string;
  /** What a run does differently once it is fixed: a sentence with its full stop, for the commit's body. Empty for a skip. */
  readonly change: string;
  readonly at: { readonly path: Path; readonly span: Span };
  /** The job or step it is about. */
  readonly unit: Unit;
  /** Facts that decided, most important first. */
  readonly evidence: readonly string[];
  /**
   * Findings that can only be repaired together (a job, and those that die with it) hold one and the same object. It names
   * all edits of that change, so each of them alone stands for the whole; see `editsOf`.
   */
  readonly outcome: Outcome;
}

/** What a run is made under, besides the file. All of it is given; nothing is read from the clock or the disk. */
export interface Policy {
  /** Such as `M04`; named in notes and used for new ids. */
  readonly milestone: string;
  /** `YYYY-MM-DD`, for notes. */
  readonly date: string;
  /** Names, commands and actions that the repository's owners add to the built-in judgement. */
  readonly critical: readonly PolicyEntry[];
  readonly bestEffort: readonly PolicyEntry[];
  /** Classes that are not told at all, or with another severity than their own. */
  readonly classes?: ReadonlyMap<string, Severity | "off">;
  /** What may stay although it is found. A codemod need not know: the findings are sorted out after it. */
  readonly exceptions?: readonly PolicyException[];
}

/** Words of a command, an action or a name; a bare text stands for all three. */
export type PolicyEntry = string | { readonly of: "command" | "action" | "name"; readonly text: string };

/** An exception that the owners wrote into the policy rather than beside the place. */
export interface PolicyException {
  readonly class: string;
  /** Glob pattern of the CI files it is for, relative to the root. */
  readonly file: string;
  /** Id or name of the job it is for, its steps included. Without it: all of the file. */
  readonly job: string | undefined;
  /** Name, id or label of the step it is for. */
  readonly step: string | undefined;
  readonly reason: string;
  readonly owner: string | undefined;
  /** `YYYY-MM-DD`, the last day it holds. Without it, it holds for good. */
  readonly expires: string | undefined;
}

/** A class of silent failure, as users meet it in `explain`. */
export interface RiskClass {
  readonly id: string;
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
}

export interface CodemodMeta {
  /** Folder, documentation page and commit scope; verb-object. */
  readonly id: string;
  readonly classes: readonly RiskClass[];
  /** One line; feeds the README table and `--help`. */
  readonly summary: string;
  /** The invariant it serves. */
  readonly invariant: string;
  /** Ids of codemods that must have run before. */
  readonly runsAfter: readonly string[];
  /**
   * Marks: byte sequences of which at least one stands in every file with a finding. A file without any is not parsed. They
   * hold no blank, quote or backslash: of those, one file may have more or others than the next and mean the same.
   */
  readonly startsFrom: readonly string[];
  /** The subject of the commit for these findings, without scope: `strip soft-fail from 2 test steps in x.yml`. */
  readonly subject: (findings: readonly Finding[]) => string;
}

/** A codemod is pure: it reads a parsed workflow and yields findings. It reads no file, writes, prints or commits nothing. */
export interface Codemod {
  readonly meta: CodemodMeta;
  readonly find: (workflow: Workflow, policy: Policy) => Iterable<Finding>;
}
