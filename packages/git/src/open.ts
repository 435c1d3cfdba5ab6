import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readBranch, moveBranch } from "./branch.ts";
import { buildSeries } from "./commit/build.ts";
import { commitSeries } from "./commit/series.ts";
import { readDirtyPaths } from "./dirty.ts";
import { GitError } from "./errors.ts";
import { commandFailed, escapeControls, showPath } from "./failure.ts";
import { readHead, resolveRevision } from "./head.ts";
import { readLog } from "./log.ts";
import { findMergeBase } from "./merge-base.ts";
import { readBlobNow, readTyped } from "./objects.ts";
import { readOperation } from "./operation.ts";
import { line, output, type Place } from "./place.ts";
import { readAddress, type Address } from "./remote/address.ts";
import { runGit, type Outcome } from "./run.ts";
import { listTree } from "./tree.ts";
import type { Repository } from "./types.ts";

function cannotOpen(directory: string, outcome: Outcome): GitError {
  if (/dubious ownership|safe\.bareRepository|cannot use bare repository/u.test(outcome.stderr)) {
    return new GitError(
      "CI_FIX_UNSAFE_OWNER",
      `git does not trust this repository: ${escapeControls(outcome.stderr.trim())}`,
      {
        hint: "Its settings could run programs. If it is yours: git config --global --add safe.directory <folder>",
      },
    );
  }
  if (!/not a git repository|cannot change to|invalid gitfile/u.test(outcome.stderr))
    return commandFailed("rev-parse", outcome);
  return new GitError("CI_FIX_NOT_A_REPOSITORY", `Not in a git repository: ${showPath(directory)}`, {
    hint: "Run ci-fix in a folder of a git repository, or make one with git init.",
  });
}

/** Where git's files are. A path may hold a line end: if one does, each is asked for alone. */
async function locate(directory: string): Promise<Place> {
  const first = await runGit(directory, [
    "rev-parse",
    "--is-bare-repository",
    "--is-inside-work-tree",
    "--show-object-format",
    "--absolute-git-dir",
    "--git-common-dir",
  ]);
  if (first.code !== 0) throw cannotOpen(directory, first);
  const [bareWord, insideWord, format, ...paths] = line(first.stdout).split("\n");
  const bare = bareWord === "true";
  if (!bare && insideWord !== "true") {
    throw new GitError("CI_FIX_NOT_A_REPOSITORY", `This folder belongs to git itself: ${showPath(directory)}`, {
      hint: "Run ci-fix in the work tree.",
    });
  }
  const ask = async (what: string): Promise<string> => {
    const answer = await runGit(directory, ["rev-parse", what]);
    if (answer.code !== 0) throw commandFailed("rev-parse", answer);
    return line(answer.stdout);
  };
  const [git, common] = paths.length === 2 ? paths : [await ask("--absolute-git-dir"), await ask("--git-common-dir")];
  const gitDir = resolve(git ?? "");
  return {
    gitDir,
    // Relative to the folder the question was asked in, with links followed.
    commonDir: resolve(await realpath(directory), common ?? ""),
    bare,
    format: format === "sha256" ? "sha256" : "sha1",
    root: bare ? gitDir : resolve(await ask("--show-toplevel")),
  };
}

async function readRemote(place: Place, remote: string): Promise<Address | undefined> {
  const found = await runGit(place.root, ["config", "--get", `remote.${remote}.url`]);
  return found.code === 0 ? readAddress(line(found.stdout)) : undefined;
}

/**
 * Opens the repository that a folder lies in.
 * @throws GitError `CI_FIX_NO_GIT`, `CI_FIX_NOT_A_REPOSITORY` or `CI_FIX_UNSAFE_OWNER`.
 */
export async function openRepository(directory: string): Promise<Repository> {
  const place = await locate(resolve(directory));
  return {
    root: place.root,
    gitDir: place.gitDir,
    bare: place.bare,
    format: place.format,
    objects: join(place.commonDir, "objects"),
    head: () => readHead(place),
    resolve: (revision) => resolveRevision(place, revision),
    mergeBase: (one, other) => findMergeBase(place, one, other),
    isShallow: async () => line(await output(place, ["rev-parse", "--is-shallow-repository"])) === "true",
    operation: () => readOperation(place),
    listTree: (commit, paths) => listTree(place, commit, paths),
    readBlobs: (oids) => readTyped(place, "blob", oids),
    readBlobNow: (oid, limit) => readBlobNow(place, oid, limit),
    dirtyPaths: (paths) => readDirtyPaths(place, paths),
    log: (options) => readLog(place, options),
    commitSeries: (specs, options) => commitSeries(place, specs, options),
    buildSeries: (base, specs, options) => buildSeries(place, base, specs, options),
    branch: (name) => readBranch(place, name),
    moveBranch: (name, from, to) => moveBranch(place, name, from, to),
    remoteAddress: (remote) => readRemote(place, remote),
  };
}
