import { AsyncLocalStorage } from "node:async_hooks";
import { GitError, type GitErrorCode } from "./errors.ts";

/** What the git commands for one repository may cost together. */
export interface Limits {
  /** Milliseconds for all commands together. */
  readonly milliseconds: number;
  /** Bytes that one command may print. */
  readonly outputBytes: number;
  /** Bytes that a copy may take on the disk. */
  readonly diskBytes: number;
}

/** Enough for the largest repositories with CI files that were seen (a listing of a million paths), and low enough that one cannot fill a machine. */
export const DEFAULT_LIMITS: Limits = {
  milliseconds: 10 * 60_000,
  outputBytes: 128 * 1024 * 1024,
  diskBytes: 1024 * 1024 * 1024,
};

/** The limits that hold for the commands that are started now. */
export interface Budget {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Ends every command of the repository, with this reason. */
  stop(reason: GitError): void;
}

const running = new AsyncLocalStorage<Budget>();

export function currentBudget(): Budget | undefined {
  return running.getStore();
}

export function exceeded(code: GitErrorCode, message: string): GitError {
  return new GitError(code, message, { hint: "Raise the limit if the repository is trusted, or leave it out." });
}

/**
 * Runs work on one repository of somebody else: every git command in it shares the time, none prints or stores more than the limits
 * allow, none reaches the network but through the addresses that `cloneRemote` and `openRemoteEnd` were given, and whatever still runs
 * at the end is ended with its children.
 * @throws GitError `CI_FIX_TOO_SLOW` or `CI_FIX_TOO_LARGE`, besides what the work throws.
 */
export async function withLimits<T>(limits: Limits, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (reason: GitError): void => controller.abort(reason);
  const seconds = Math.round(limits.milliseconds / 1000);
  const timer = setTimeout(
    () => stop(exceeded("CI_FIX_TOO_SLOW", `The repository took more than ${seconds} seconds.`)),
    limits.milliseconds,
  );
  try {
    return await running.run({ limits, signal: controller.signal, stop }, work);
  } finally {
    clearTimeout(timer);
    stop(exceeded("CI_FIX_TOO_SLOW", "The work on the repository is over."));
  }
}
