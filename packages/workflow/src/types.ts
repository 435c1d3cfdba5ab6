import type { ParsedCondition } from "@ci-fix/expression";
import type { Edit, Path, Span, YamlEntry, YamlFile, YamlItem, YamlScalar } from "@ci-fix/yaml-editor";
import type { RepositoryView } from "./repository-view.ts";

/** Words here are neutral on purpose: other CI systems shall give the same view. Only this package knows the keys of GitHub Actions. */

/** Where a workflow file came from and what it says. `path` is relative to the repository's root, with `/`. */
export interface WorkflowFile {
  readonly path: string;
  readonly yaml: YamlFile;
}

export interface Workflow {
  readonly file: WorkflowFile;
  readonly repository: RepositoryView;
  readonly system: "github-actions";
  /** A composite action is seen as one job (`id` empty) that holds its steps. */
  readonly kind: "workflow" | "composite-action";
  readonly name: string | undefined;
  readonly triggers: readonly Trigger[];
  readonly jobs: readonly Job[];
  /** Set when the file was made by a program: who made it (or the sentence that says so). Such a file is reported, never edited. */
  readonly generated: string | undefined;
}

/** An event that starts the workflow. `filters` are the names of its filter keys (`branches`, `paths`, `types`, …). */
export interface Trigger {
  readonly event: string;
  readonly filters: readonly string[];
  readonly path: Path;
}

/** The value of a soft-fail: a failure of its unit does not make what holds it fail. */
export type SoftFail =
  | { readonly kind: "absent" }
  | {
      readonly kind: "literal";
      readonly value: boolean;
      readonly entry: YamlEntry;
    }
  /** The value depends on something: `matrix.experimental`, `inputs.x`. `constant` is what it folds to, if it does. */
  | {
      readonly kind: "expression";
      readonly entry: YamlEntry;
      readonly text: string;
      readonly constant: boolean | undefined;
    };

/** The condition of a job or step as the runner reads it. */
export interface Condition {
  /** Undefined where no condition is written, which means `success()`. */
  readonly entry: YamlEntry | undefined;
  readonly scalar: YamlScalar | undefined;
  readonly parsed: ParsedCondition;
  /** True where the runner puts `success() &&` before it. */
  readonly implicitSuccess: boolean;
  /**
   * `false` when the unit can never run, `true` when nothing but the outcome of earlier units can stop it, else undefined.
   */
  readonly constant: boolean | undefined;
}

/**
 * A place that reads the result or the outputs of a step (`steps.X…`) or of a job (`needs.X…`). The outputs that a
 * reusable workflow takes from a job are read by that job itself, with `where: "output"`.
 */
export interface Reader {
  readonly what: "outcome" | "conclusion" | "result" | "outputs" | "all";
  /** Which key it stands in, in neutral words. */
  readonly where: "condition" | "env" | "script" | "input" | "output" | "name" | "other";
  readonly job: Job;
  /** Undefined when the job itself reads (its condition, outputs, matrix…). */
  readonly step: Step | undefined;
  /** The scalar's whole text. */
  readonly text: string;
  readonly path: Path;
}

export type ShellName = "bash" | "sh" | "pwsh" | "powershell" | "cmd" | "python" | "custom" | "unknown";

/** The shell in effect of a script step. */
export interface Shell {
  readonly name: ShellName;
  /** As written, or as the runner fills it in (`bash -e {0}`). */
  readonly template: string;
  readonly pipefail: boolean;
  readonly errexit: boolean;
  /** Which level decided. */
  readonly from: "step" | "job" | "workflow" | "runner";
}

export interface Script {
  readonly text: string;
  readonly scalar: YamlScalar;
  readonly path: Path;
}

export interface Step {
  readonly kind: "step";
  readonly job: Job;
  /** Zero-based. */
  readonly index: number;
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** What a person would call it: its name, else its action, else the first line of its script. */
  readonly label: string;
  readonly path: Path;
  readonly item: YamlItem;
  /** True when its text stands elsewhere, behind an alias or a merge key: an edit would change other units too. */
  readonly aliased: boolean;
  readonly condition: Condition;
  readonly softFail: SoftFail;
  /** The action a step runs: `owner/repo/path` or `./path` or `docker://…`, and its ref. */
  readonly action: { readonly name: string; readonly ref: string | undefined } | undefined;
  readonly script: Script | undefined;
  readonly shell: Shell;
  /** Environment variables of its own, by name. */
  readonly env: ReadonlyMap<string, string>;
  /** Where its script starts, as written; undefined means the root of the work tree. */
  readonly folder: string | undefined;
  readonly inputs: ReadonlyMap<string, string>;
  /** Who reads `steps.<id>` of this step. Lazy. */
  readonly readers: readonly Reader[];
}

/** What a job waits for. `form` says how the list is written. */
export interface Needs {
  readonly form: "none" | "scalar" | "block" | "flow";
  readonly ids: readonly string[];
  readonly entry: YamlEntry | undefined;
}

export interface Matrix {
  readonly entry: YamlEntry;
  /** Axis names; empty when the whole matrix is an expression. */
  readonly axes: readonly string[];
  readonly dynamic: boolean;
  /** `fail-fast` as written: a literal, an expression ("dynamic"), or absent (which means true). */
  readonly failFast: boolean | "dynamic" | undefined;
  /** True where combinations are left out by name. */
  readonly excludes: boolean;
}

export interface Job {
  readonly kind: "job";
  readonly workflow: Workflow;
  readonly id: string;
  readonly name: string | undefined;
  readonly path: Path;
  /** Undefined for a composite action. */
  readonly entry: YamlEntry | undefined;
  /** True when its text stands elsewhere, behind an alias: an edit would change other units too. */
  readonly aliased: boolean;
  readonly condition: Condition;
  readonly softFail: SoftFail;
  readonly needs: Needs;
  readonly matrix: Matrix | undefined;
  /** The reusable workflow it calls. */
  readonly calls: string | undefined;
  readonly runsOn: string | undefined;
  readonly steps: readonly Step[];
  /** Jobs that list this one in their needs. Lazy. */
  readonly dependents: readonly Job[];
  /** Who reads `needs.<id>` of this job, in any job. Lazy. */
  readonly readers: readonly Reader[];
  /** Places of any job that read `needs` as a whole (`join(needs.*.result)`, `toJSON(needs)`). Lazy. */
  readonly wholeNeedsReaders: readonly Reader[];
}

export type Unit = Job | Step;

/** What happened on opening a file. A file that is no workflow at all is `ok` with `workflow: undefined`. */
export type ReadResult =
  | { readonly ok: true; readonly workflow: Workflow | undefined }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly line: number | undefined };

/** Edits that need the keys of the CI system, so that codemods need not know them. */
export interface WorkflowEdits {
  removeSoftFail(unit: Unit): readonly Edit[];
  /** Lets all legs of a matrix run to their end although one fails. Empty if it is so already. */
  runAllLegs(job: Job): readonly Edit[];
  removeUnit(unit: Unit, note: readonly string[]): readonly Edit[];
  /** Takes these jobs out of the needs of a job; when none is left, the list goes as a whole. */
  removeNeeds(job: Job, needs: readonly string[]): readonly Edit[];
  removeCondition(unit: Unit): readonly Edit[];
  /** Writes this condition of a job or step, whatever stands there. */
  setCondition(unit: Unit, condition: string): readonly Edit[];
  /** A step with a script before the first one of a job. */
  addFirstStep(
    job: Job,
    step: { readonly name: string; readonly condition: string; readonly script: string },
  ): readonly Edit[];
  /** Gives an action this input, whatever it has now. Empty where its inputs stand elsewhere. */
  setInput(step: Step, input: string, value: string): readonly Edit[];
  /** Lets a job wait for one more job. Empty where its needs are no list. */
  addNeed(job: Job, need: string): readonly Edit[];
  /** Names the shell of a step: its own is set, or one is written beside its script. */
  useShell(step: Step, shell: string): readonly Edit[];
  /** Lets a step without a condition run although an earlier one failed. Empty if it has a condition. */
  runDespiteFailure(step: Step): readonly Edit[];
}

export type { Edit, Path, Span, YamlEntry, YamlItem, YamlScalar };
export type { Branches, LocalAction } from "./repository-view.ts";
export type { RepositoryView };
