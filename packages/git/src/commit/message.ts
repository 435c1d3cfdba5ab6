import { GitError } from "../errors.ts";

/**
 * The message as `git commit` stores it by default: no white space at the end of a line, no two empty lines in a row,
 * none first or last, one line end at the end.
 * @throws GitError `CI_FIX_GIT_FAILED` for a message that git does not take.
 */
export function tidyMessage(message: string): string {
  const lines = message.split("\n").map((text) => text.replace(/[ \t\r]+$/u, ""));
  const kept = lines.filter((text, index) => text !== "" || (index > 0 && lines[index - 1] !== ""));
  const tidy = kept.join("\n").replace(/^\n+|\n+$/gu, "");
  if (tidy === "" || tidy.includes("\0")) {
    throw new GitError("CI_FIX_GIT_FAILED", "A commit needs a message, and a message holds no NUL character.");
  }
  return `${tidy}\n`;
}
