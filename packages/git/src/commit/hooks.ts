import { randomUUID } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { GitError } from "../errors.ts";
import { commandFailed, escapeControls } from "../failure.ts";
import { line, output, type Place } from "../place.ts";
import { runGit, type Outcome } from "../run.ts";
import type { ObjectId } from "../types.ts";
import { switchFiles } from "./forward.ts";
import { moved, refuseMoved, type Start } from "./guards.ts";
import { dateEnvironment, type Identity } from "./identity.ts";
import type { PlannedCommit } from "./plan.ts";
import { restore } from "./restore.ts";
import { cannotSign } from "./sign.ts";

export interface HookedSeries {
  readonly start: Start;
  readonly commits: readonly PlannedCommit[];
  /** The same commits as built without hooks: their trees are what must come out. */
  readonly series: readonly ObjectId[];
  readonly identity: Identity;
  readonly sign: boolean;
}

function refused(place: Place, outcome: Outcome): GitError {
  if (/\.lock': File exists/u.test(outcome.stderr)) return commandFailed("commit", outcome, place.gitDir);
  if (/failed to sign|failed to write commit object/u.test(outcome.stderr)) return cannotSign(outcome.stderr);
  const words = escapeControls(`${outcome.stdout.toString("utf8")}${outcome.stderr}`.trim());
  return new GitError(
    "CI_FIX_HOOK_REFUSED",
    `A hook of this repository refused the commit: ${words || "it said nothing"}`,
    {
      hint: "Mend what the hook complains about, or commit without hooks. Nothing was changed.",
    },
  );
}

/** How far a series came: the commits on the branch, and the commit that the work tree and the index stand at. */
export interface Progress {
  readonly made: ObjectId[];
  reached: ObjectId;
}

/** @throws GitError unless HEAD is one commit on top of the parent, with the expected tree. */
async function verify(place: Place, parent: ObjectId, expected: ObjectId, progress: Progress): Promise<void> {
  const answer = await output(place, ["rev-parse", "HEAD", "HEAD^1", "HEAD^{tree}", `${expected}^{tree}`]);
  const [oid = "", before, tree, wanted] = line(answer).split("\n");
  if (before !== parent) throw moved();
  progress.made.push(oid);
  if (tree === wanted) return;
  throw new GitError(
    "CI_FIX_HOOK_REFUSED",
    "A hook of this repository changed what the commit holds. Nothing was changed.",
    {
      hint: "The change was checked as it stands, so it is not committed in another shape. Commit without hooks, or adapt the hook.",
    },
  );
}

/**
 * One commit as `git commit --only` makes it: the hooks see the change in the work tree and in an index that holds HEAD and this change
 * alone. That index is filled from the object database, so attributes and `core.autocrlf` cannot rewrite a blob.
 */
async function commitOne(
  place: Place,
  hooked: HookedSeries,
  next: ObjectId,
  progress: Progress,
  indexFile: string,
): Promise<void> {
  const { start, commits, identity, sign } = hooked;
  const number = progress.made.length;
  const parent = progress.made.at(-1) ?? start.oid;
  const env = { GIT_INDEX_FILE: indexFile };
  await refuseMoved(place, { ref: start.ref, oid: parent });
  await switchFiles(place, progress.reached, next);
  progress.reached = next;
  await copyFile(join(place.gitDir, "index"), indexFile);
  await output(place, ["read-tree", "--reset", next], { writes: true, env });
  const command = ["commit", "--quiet", "--cleanup=verbatim", "--file=-", sign ? "--gpg-sign" : "--no-gpg-sign"];
  const outcome = await runGit(place.root, command, {
    input: commits[number]?.message ?? "",
    env: { ...env, ...dateEnvironment(identity), GIT_REFLOG_ACTION: "ci-fix" },
    hooks: true,
    writes: true,
  });
  if (outcome.code !== 0) throw refused(place, outcome);
  await verify(place, parent, next, progress);
}

/**
 * Makes the commits one by one with the hooks of the repository on.
 * @throws GitError after everything is as it was before the first of them.
 */
export async function commitWithHooks(place: Place, hooked: HookedSeries): Promise<ObjectId[]> {
  if (place.bare) {
    throw new GitError("CI_FIX_BARE", "Hooks that look at a commit need a work tree; this repository is bare.", {
      hint: "Commit without hooks, or in a clone.",
    });
  }
  const indexFile = join(place.gitDir, `ci-fix-${randomUUID()}.index`);
  const progress: Progress = { made: [], reached: hooked.start.oid };
  try {
    for (const next of hooked.series) await commitOne(place, hooked, next, progress, indexFile);
    return progress.made;
  } catch (error) {
    const byHook = error instanceof GitError && error.code === "CI_FIX_HOOK_REFUSED";
    await restore(place, hooked, progress, byHook);
    throw error;
  } finally {
    await Promise.all([indexFile, `${indexFile}.lock`].map((file) => rm(file, { force: true })));
  }
}
