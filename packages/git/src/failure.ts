import { isAbsolute, relative } from "node:path";
import { GitError } from "./errors.ts";
import type { Outcome } from "./run.ts";

/** Text of a repository made safe to show: control characters other than a line end or a tab become `\xNN`. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
    character === "\n" || character === "\t"
      ? character
      : `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`,
  );
}

/** A path on one line, safe to show. */
export function showPath(path: string): string {
  return escapeControls(path).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** The lock that somebody else holds, as git's message names it. */
function heldLock(stderr: string, gitDir: string | undefined): string | undefined {
  const path = /Unable to create '([^']+\.lock)': File exists/u.exec(stderr)?.[1];
  if (path === undefined || gitDir === undefined || !isAbsolute(path)) return path;
  return relative(gitDir, path);
}

export function lockHeld(lock: string): GitError {
  return new GitError(
    "CI_FIX_GIT_FAILED",
    `The repository is locked by another git command: ${showPath(lock)} exists.`,
    {
      hint: `Wait until that command has ended. If none runs any more, remove ${showPath(lock)} from the git directory.`,
    },
  );
}

/** What a failed command becomes for a person: a lock is told as one; anything else with git's own words. */
export function commandFailed(command: string, outcome: Outcome, gitDir?: string): GitError {
  const lock = heldLock(outcome.stderr, gitDir);
  if (lock !== undefined) return lockHeld(lock);
  const words = escapeControls(outcome.stderr.trim()).replace(/^(?:fatal|error): /u, "");
  return new GitError("CI_FIX_GIT_FAILED", `git ${command} failed: ${words || `exit code ${outcome.code}`}`);
}
