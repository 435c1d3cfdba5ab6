import type { Problem } from "@ci-fix/report/text";
import { EXIT, type ExitCode } from "./exit-code.ts";

interface Place {
  readonly file?: string;
  readonly line?: number | undefined;
  readonly hint?: string | undefined;
}

/** Something of the command line's own that a person can act on. */
export class CommandError extends Error {
  readonly code: `CI_FIX_${string}`;
  readonly exitCode: ExitCode;
  readonly place: Place;

  constructor(code: `CI_FIX_${string}`, exitCode: ExitCode, message: string, place: Place = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.exitCode = exitCode;
    this.place = place;
  }
}

/** A mistake in the command line. */
export class UsageError extends CommandError {
  constructor(message: string, hint?: string) {
    super("CI_FIX_USAGE", EXIT.usage, message, { hint });
  }
}

/** States of a repository in which ci-fix could go on but must not. */
const REFUSALS: ReadonlySet<string> = new Set([
  "CI_FIX_NOT_A_REPOSITORY",
  "CI_FIX_NO_COMMIT",
  "CI_FIX_BARE",
  "CI_FIX_OPERATION_IN_PROGRESS",
  "CI_FIX_DIRTY_FILE",
  "CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE",
  "CI_FIX_SYMLINK",
  "CI_FIX_MOVED",
  "CI_FIX_NO_IDENTITY",
  "CI_FIX_HOOK_REFUSED",
  "CI_FIX_UNSAFE_OWNER",
]);

interface KnownError extends Error {
  readonly code: string;
  readonly hint?: string | undefined;
  readonly exitCode?: ExitCode;
  readonly place?: Place;
}

/** What to tell about anything that was thrown, and the exit code it leads to. */
export function explainError(error: unknown): { problem: Problem; exitCode: ExitCode } {
  if (!isKnown(error)) return bug(error);
  return {
    problem: {
      level: "error",
      code: error.code,
      message: error.message,
      cause: causeOf(error),
      hint: error.hint,
      ...error.place,
    },
    exitCode: error.exitCode ?? (REFUSALS.has(error.code) ? EXIT.refused : EXIT.failed),
  };
}

function bug(error: unknown): { problem: Problem; exitCode: ExitCode } {
  return {
    problem: {
      level: "error",
      code: "CI_FIX_BUG",
      message: "this is a bug in ci-fix, not a mistake of yours",
      cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      hint: "please report it in ci-fix's issue tracker: the command, and what it prints with CI_FIX_DEBUG=1 set",
    },
    exitCode: EXIT.failed,
  };
}

/** Errors are known by their code: a bundle may hold their classes twice. */
function isKnown(error: unknown): error is KnownError {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("CI_FIX_")
  );
}

function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? error.cause.message : undefined;
}
