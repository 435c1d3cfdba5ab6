import type { PolicyEntry, PolicyException, Severity } from "@ci-fix/codemod";
import type { RegisterProblem } from "../types.ts";

/** `.ci-fix.yml`, the policy of a repository: what counts here, and how it is judged. */
export interface Config {
  /** Such as `M04`; new ids begin with it, notes name it. */
  readonly milestone: string | undefined;
  /** `owner/name` of the repository that forks stem from: where guards such as `github.repository == '…'` hold. */
  readonly upstream: string | undefined;
  /** Ids or names of the jobs whose checks are required. Undefined: nobody said. */
  readonly requiredChecks: readonly string[] | undefined;
  readonly classes: ReadonlyMap<string, Severity | "off">;
  /** Glob patterns of the CI files to look at; empty for all. */
  readonly paths: readonly string[];
  /** Glob patterns of CI files to leave out. */
  readonly ignore: readonly string[];
  readonly critical: readonly PolicyEntry[];
  readonly bestEffort: readonly PolicyEntry[];
  readonly exceptions: readonly PolicyException[];
  readonly invariants: readonly Invariant[];
  readonly thresholds: Thresholds;
}

/** A promise about the CI of a repository that the gate watches over, besides INV-060. */
export interface Invariant {
  /** Such as `INV-061`. */
  readonly id: string;
  /** What is promised: one sentence for people. */
  readonly statement: string;
  /** Classes of findings that break it; empty for every class. */
  readonly classes: readonly string[];
  /** The least severity that breaks it. */
  readonly severity: Severity;
  /** Glob patterns of the CI files it is about; empty for all. */
  readonly paths: readonly string[];
  /** `fails` – what is on the base already breaks it as well; `tolerated` – only what is new does. */
  readonly old: "fails" | "tolerated";
}

export interface Thresholds {
  /** The severity from which a scan exits with 1, or `none`; undefined where nothing is said. */
  readonly failOn: Severity | "none" | undefined;
  /** How many findings of a severity may be open before the gate fails. A severity that is not named has no limit. */
  readonly open: ReadonlyMap<Severity, number>;
}

export type ReadConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly RegisterProblem[] };

/** The policy of a repository that has none. */
export const emptyConfig: Config = {
  milestone: undefined,
  upstream: undefined,
  requiredChecks: undefined,
  classes: new Map(),
  paths: [],
  ignore: [],
  critical: [],
  bestEffort: [],
  exceptions: [],
  invariants: [],
  thresholds: { failOn: undefined, open: new Map() },
};
