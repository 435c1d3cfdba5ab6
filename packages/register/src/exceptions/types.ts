import type { PolicyException } from "@ci-fix/codemod";
import type { Unit, Workflow } from "@ci-fix/workflow";
import type { Comment } from "@ci-fix/yaml-editor";

/** Why a finding of one class may stay as it is, who answers for it, and until when. */
export interface Exception {
  readonly class: string;
  readonly reason: string;
  readonly owner: string | undefined;
  /** `YYYY-MM-DD`, the last day it holds. Without it, it holds for good. */
  readonly expires: string | undefined;
}

/** An exception as it stands in a CI file. */
export interface PlacedException extends Exception {
  readonly file: string;
  readonly workflow: Workflow;
  readonly comment: Comment;
  /** The 1-based line it is about: its own, or the first one below its block of comments. Undefined above a blank line. */
  readonly target: number | undefined;
  /** The innermost unit at that line; a stand-in where there is none. */
  readonly unit: Unit;
}

export interface ExceptionContext {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Every class there is. */
  readonly known: readonly string[];
  /** Classes that were looked for: only of these can an exception be unused. Default: all. */
  readonly judged?: readonly string[];
  /** Asked for each exception that is well written, whether it may count. Default: all do. */
  readonly counts?: (exception: PlacedException) => boolean;
  /** Exceptions of the policy. Whether they are expired or unused is not said here: see `aboutPolicy`. */
  readonly standing?: readonly PolicyException[];
}
