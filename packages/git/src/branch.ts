import { GitError } from "./errors.ts";
import { commandFailed, showPath } from "./failure.ts";
import { requireObjectId } from "./head.ts";
import { line, output, type Place } from "./place.ts";
import { requireBranchName } from "./remote/end.ts";
import { runGit } from "./run.ts";
import type { ObjectId } from "./types.ts";

/** Where a local branch is; undefined where there is none. */
export async function readBranch(place: Place, name: string): Promise<ObjectId | undefined> {
  const ref = `refs/heads/${requireBranchName(name)}`;
  const found = await runGit(place.root, ["rev-parse", "--quiet", "--verify", `${ref}^{commit}`]);
  return found.code === 0 ? line(found.stdout) : undefined;
}

/** Moves a branch that nobody has checked out from exactly `from` (undefined: it is not there) to a commit (undefined: away). */
export async function moveBranch(
  place: Place,
  name: string,
  from: ObjectId | undefined,
  to: ObjectId | undefined,
): Promise<void> {
  const ref = `refs/heads/${requireBranchName(name)}`;
  const trees = (await output(place, ["worktree", "list", "--porcelain"])).toString("utf8").split("\n");
  if (trees.includes(`branch ${ref}`)) {
    throw new GitError("CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE", `The branch ${showPath(name)} is checked out.`, {
      hint: "Switch to another branch first.",
    });
  }
  const none = "0".repeat(place.format === "sha256" ? 64 : 40);
  const old = from === undefined ? none : requireObjectId(from);
  const words = to === undefined ? ["-d", ref, old] : ["-m", "ci-fix: batch", ref, requireObjectId(to), old];
  const outcome = await runGit(place.root, ["update-ref", ...words], { writes: true });
  if (outcome.code === 0) return;
  if (!/but expected|already exists|unable to resolve reference/u.test(outcome.stderr))
    throw commandFailed("update-ref", outcome, place.gitDir);
  throw new GitError("CI_FIX_BRANCH_TAKEN", `The branch ${showPath(name)} is not where it was expected.`, {
    hint: "Somebody has committed to it. Look at it; ci-fix does not write over commits that are not its own.",
  });
}
