/** Closed: every state of a repository in which ci-fix refuses or fails. */
export type GitErrorCode =
  | "CI_FIX_NO_GIT"
  | "CI_FIX_NOT_A_REPOSITORY"
  | "CI_FIX_NO_COMMIT"
  | "CI_FIX_BARE"
  | "CI_FIX_OPERATION_IN_PROGRESS"
  | "CI_FIX_DIRTY_FILE"
  | "CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE"
  | "CI_FIX_SYMLINK"
  | "CI_FIX_MOVED"
  | "CI_FIX_NO_IDENTITY"
  | "CI_FIX_HOOK_REFUSED"
  | "CI_FIX_UNSAFE_OWNER"
  | "CI_FIX_ADDRESS_REFUSED"
  | "CI_FIX_UNREACHABLE"
  | "CI_FIX_NO_ACCESS"
  | "CI_FIX_NO_REMOTE"
  | "CI_FIX_REMOTE_MOVED"
  | "CI_FIX_PUSH_REFUSED"
  | "CI_FIX_BRANCH_TAKEN"
  | "CI_FIX_TOO_SLOW"
  | "CI_FIX_TOO_LARGE"
  | "CI_FIX_GIT_FAILED";

/** A git state or command that stopped the work. `hint` is the next step for a person. */
export class GitError extends Error {
  readonly code: GitErrorCode;
  readonly hint: string | undefined;

  constructor(code: GitErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "GitError";
    this.code = code;
    this.hint = options.hint;
  }
}
