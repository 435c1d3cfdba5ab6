import { GitError } from "../errors.ts";
import { commandFailed, escapeControls } from "../failure.ts";
import type { Place } from "../place.ts";
import { runGit, type Outcome } from "../run.ts";
import type { ObjectId } from "../types.ts";
import { moved, refuseMoved, type Start } from "./guards.ts";

function cannotWrite(place: Place, outcome: Outcome): GitError {
  const { stderr } = outcome;
  if (/would be overwritten|would lose untracked|not uptodate/u.test(stderr)) {
    return new GitError(
      "CI_FIX_DIRTY_FILE",
      `A file was changed while the commits were made: ${escapeControls(stderr.trim())}`,
      { hint: "Commit or put aside these changes, then run again." },
    );
  }
  if (/resolve your current index|unmerged/u.test(stderr)) {
    return new GitError("CI_FIX_GIT_FAILED", "There are files with conflicts that are not resolved.", {
      hint: "Resolve them (git status lists them), then run again.",
    });
  }
  return commandFailed("read-tree", outcome, place.gitDir);
}

/** Takes the index and the work tree from one commit to another; what differs from both is the user's and stays. */
export async function switchFiles(place: Place, from: ObjectId, to: ObjectId): Promise<void> {
  // After a copy or a touch the index's dates are stale, and read-tree would take equal files for changed ones. Its exit code only
  // says that some file really differs.
  await runGit(place.root, ["update-index", "-q", "--refresh"], { writes: true });
  const outcome = await runGit(place.root, ["read-tree", "-m", "-u", from, to], { writes: true });
  if (outcome.code !== 0) throw cannotWrite(place, outcome);
}

/** Moves HEAD's branch, or a detached HEAD, but only from the place where it is expected. */
export async function moveHead(place: Place, from: ObjectId, to: ObjectId, words: string): Promise<void> {
  const outcome = await runGit(place.root, ["update-ref", "-m", `ci-fix: ${words}`, "HEAD", to, from], {
    writes: true,
  });
  if (outcome.code === 0) return;
  throw /but expected/u.test(outcome.stderr) ? moved() : commandFailed("update-ref", outcome, place.gitDir);
}

/**
 * What `git merge --ff-only` does, without the settings and `branch.….mergeOptions` that could make something else of it, without
 * ORIG_HEAD, and with HEAD guarded by its old value.
 */
export async function fastForward(place: Place, start: Start, tip: ObjectId): Promise<void> {
  await refuseMoved(place, start);
  if (!place.bare) await switchFiles(place, start.oid, tip);
  try {
    await moveHead(place, start.oid, tip, "fast-forward");
  } catch (error) {
    if (!place.bare) await switchFiles(place, tip, start.oid);
    throw error;
  }
}
