import { lstat, realpath } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { GitError } from "./errors.ts";
import { showPath } from "./failure.ts";
import type { Repository } from "./types.ts";

function leadsElsewhere(what: string): GitError {
  return new GitError("CI_FIX_NOT_A_REPOSITORY", `It leads out of its folder: ${showPath(what)}`, {
    hint: "Name the folder of the repository itself.",
  });
}

/** Paths of a git directory through which commits and branches are written. */
function written(branch: string): string[] {
  const parts = ["heads", ...branch.split("/")];
  const below = (top: string): string[] => parts.map((_, index) => join(top, ...parts.slice(0, index + 1)));
  return [
    "objects",
    "objects/pack",
    "refs",
    ...below("refs"),
    "logs",
    "logs/refs",
    ...below("logs/refs"),
    "packed-refs",
    "HEAD",
    "config",
  ];
}

/**
 * Makes sure that a repository of somebody else is the folder that was named, and that nothing of it that is written to is a link: a
 * `.git` file, `core.worktree`, `commondir` or a link in `refs` would take the writing elsewhere.
 * @throws GitError `CI_FIX_NOT_A_REPOSITORY`
 */
export async function requireContained(repository: Repository, folder: string, branch: string): Promise<void> {
  const top = await realpath(folder);
  const gitDir = repository.bare ? top : join(top, ".git");
  const stats = await lstat(gitDir);
  if (!stats.isDirectory()) throw leadsElsewhere(relative(top, gitDir));
  const places = [repository.root, repository.gitDir, repository.objects].map((path) => resolve(path));
  const expected = [repository.bare ? gitDir : top, gitDir, join(gitDir, "objects")];
  for (const [index, place] of places.entries()) if (place !== expected[index]) throw leadsElsewhere(place);
  for (const path of written(branch)) {
    const found = await lstat(join(gitDir, path)).catch(() => undefined);
    if (found?.isSymbolicLink() === true) throw leadsElsewhere(path);
  }
}
