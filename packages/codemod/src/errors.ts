/** Codes of what a user can act on. Anything else that is thrown is a bug. */
export type ErrorCode = `CI_FIX_${string}`;

/** An error that a person can do something about: what happened, and the next step. */
export class CiFixError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** The exit code it leads to: 2 usage, 3 failed, 4 refused. */
  readonly exitCode: 2 | 3 | 4;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; exitCode?: 2 | 3 | 4; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "CiFixError";
    this.code = code;
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? 3;
  }
}
