import type { Unit, YamlScalar } from "./types.ts";

/** A script with the unit that runs it, or that hands it to what runs it. Its text may not be shell. */
export interface ScriptText {
  readonly scalar: YamlScalar;
  readonly unit: Unit;
}

/** A permission of the token that a run gets. `job` undefined: for all jobs that name none of their own. `scope` `*`: all of them. */
export interface Grant {
  readonly job: string | undefined;
  readonly scope: string;
  readonly access: "read" | "write" | "none";
}

/** Code from elsewhere that a job runs: an action or a called workflow. */
export interface Use {
  readonly name: string;
  readonly ref: string | undefined;
  readonly job: string;
  /** Label of the step; undefined where the job itself calls a workflow. */
  readonly step: string | undefined;
  /** `commit` – a full commit or a digest; `tag` – a version that its owner can move; `floating` – a branch, or nothing; `local` – of the same repository. */
  readonly pin: "commit" | "tag" | "floating" | "local";
  /** 1-based, of the step or job. */
  readonly line: number;
}

/** What a workflow is trusted with. */
export interface TrustView {
  readonly grants: readonly Grant[];
  /** Names of the secrets that it reads, sorted; `*` where all are handed on. */
  readonly secrets: readonly string[];
  readonly uses: readonly Use[];
  /** Container images that jobs and services run in, as written. */
  readonly images: readonly string[];
}
