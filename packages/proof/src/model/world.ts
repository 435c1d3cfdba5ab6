import type { Job, Step } from "@ci-fix/workflow";
import type { Logic } from "../engine/logic.ts";
import type { ScriptModel } from "../script-model.ts";
import type { Vocabulary } from "../variables/vocabulary.ts";
import type { Files } from "./files.ts";
import type { Symbolic } from "./symbolic.ts";

/** What both sides of a proof share. */
export interface World {
  readonly logic: Logic;
  readonly symbolic: Symbolic;
  readonly vocabulary: Vocabulary;
  readonly files: Files;
  readonly scripts: ScriptModel;
  /** What the steps of a list are called, the same on both sides. */
  readonly namesOf: (steps: readonly Step[]) => readonly string[];
  /** True for a job that one step can stand for: of any other file, or one that the change does not touch and no condition of either side asks for outputs. */
  readonly isUntouched: (job: Job) => boolean;
  /** See `matrixPaths`. */
  readonly matrixPathsOf: (job: Job) => readonly string[] | undefined;
  /** Sentences on what was taken for granted on the way. */
  readonly assumptions: Set<string>;
}

export const SUCCESS = "success";
export const FAILURE = "failure";
export const SKIPPED = "skipped";
/** A step that succeeded and whose cleaning up at the end of the job fails. */
export const LATE_FAILURE = "failure at the end of the job";
