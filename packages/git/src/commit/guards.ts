import { existsSync } from "node:fs";
import { join } from "node:path";
import { readDirtyPaths } from "../dirty.ts";
import { GitError } from "../errors.ts";
import { lockHeld, showPath } from "../failure.ts";
import { readHead } from "../head.ts";
import { readOperation } from "../operation.ts";
import { output, type Place } from "../place.ts";
import type { ObjectId, Operation } from "../types.ts";

/** Where a series starts: HEAD's branch (undefined when detached) and its commit. */
export interface Start {
  readonly ref: string | undefined;
  readonly oid: ObjectId;
}

const HOW_TO_END: Readonly<Record<Operation, string>> = {
  rebase: "git rebase --continue, or git rebase --abort",
  merge: "git merge --continue, or git merge --abort",
  "cherry-pick": "git cherry-pick --continue, or git cherry-pick --abort",
  revert: "git revert --continue, or git revert --abort",
  bisect: "git bisect reset",
  am: "git am --continue, or git am --abort",
};

async function refuseOperation(place: Place): Promise<void> {
  const operation = await readOperation(place);
  if (operation === undefined) return;
  throw new GitError("CI_FIX_OPERATION_IN_PROGRESS", `git is in the middle of a ${operation}.`, {
    hint: `End it first: ${HOW_TO_END[operation]}`,
  });
}

/** A branch can be checked out twice with `--force`; the other work tree would then silently be behind its own branch. */
async function refuseOtherWorkTree(place: Place, ref: string): Promise<void> {
  if (!existsSync(join(place.commonDir, "worktrees"))) return;
  const list = await output(place, ["worktree", "list", "--porcelain"]);
  const trees = list
    .toString("utf8")
    .split("\n\n")
    .map((tree) => tree.split("\n"));
  const holders = trees.filter(
    (tree) => tree.includes(`branch ${ref}`) && !tree.some((line) => line.startsWith("prunable")),
  );
  if (holders.length <= (place.bare ? 0 : 1)) return;
  const branch = showPath(ref.replace("refs/heads/", ""));
  throw new GitError(
    "CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE",
    `The branch ${branch} is checked out in another work tree, too.`,
    {
      hint: `Switch one of them to another branch: ${holders.map((tree) => showPath(tree[0]?.replace("worktree ", "") ?? "")).join(", ")}`,
    },
  );
}

/** @throws GitError for every state of the repository in which no commit is made. */
export async function readyToCommit(place: Place): Promise<Start> {
  const { ref, oid } = await readHead(place);
  await refuseOperation(place);
  if (oid === undefined) {
    throw new GitError("CI_FIX_NO_COMMIT", "The branch has no commit yet.", {
      hint: "Make a first commit, then run again.",
    });
  }
  if (ref !== undefined) await refuseOtherWorkTree(place, ref);
  if (!place.bare && existsSync(join(place.gitDir, "index.lock"))) throw lockHeld("index.lock");
  return { ref, oid };
}

/** @throws GitError `CI_FIX_DIRTY_FILE` that names each touched file with work of the user in it. */
export async function refuseDirty(place: Place, paths: readonly string[]): Promise<void> {
  const dirty = await readDirtyPaths(place, paths);
  if (dirty.length === 0) return;
  const names = dirty.map(showPath).join(", ");
  throw new GitError("CI_FIX_DIRTY_FILE", `Not committed changes would be mixed with the fix: ${names}`, {
    hint: "Commit these changes or put them aside (git stash), then run again.",
  });
}

export function moved(): GitError {
  return new GitError("CI_FIX_MOVED", "HEAD moved while the commits were made.", {
    hint: "Another command was at work in this repository. Look at git log, then run again.",
  });
}

/** @throws GitError `CI_FIX_MOVED` when HEAD is not where the series starts any more. */
export async function refuseMoved(place: Place, start: Start): Promise<void> {
  const head = await readHead(place);
  if (head.ref !== start.ref || head.oid !== start.oid) throw moved();
}
