import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Branches } from "@ci-fix/workflow";

/**
 * The branches of the repository that a folder is the root of, read from its files. Undefined where some may be missing: a shallow
 * clone, one of a single branch, a second work tree, no git at all.
 */
export function branchesOf(root: string): Branches | undefined {
  const git = join(root, ".git");
  const config = textOf(join(git, "config"));
  if (config === undefined || isThere(join(git, "shallow"))) return undefined;
  const hasRemote = /^\s*\[remote /mu.test(config);
  if (hasRemote && !/^\s*fetch\s*=\s*\+?refs\/heads\/\*:/mu.test(config)) return undefined;
  const packed = (textOf(join(git, "packed-refs")) ?? "").split("\n").map((line) => line.split(" ")[1] ?? "");
  const refs = [...packed, ...loose(git, "refs/heads"), ...loose(git, "refs/remotes")];
  const names = new Set(refs.flatMap((ref) => /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/u.exec(ref)?.[1] ?? []));
  names.delete("HEAD");
  if (names.size === 0) return undefined;
  const remote = /^ref: refs\/remotes\/origin\/(.+)$/mu.exec(textOf(join(git, "refs/remotes/origin/HEAD")) ?? "")?.[1];
  const own = hasRemote ? undefined : /^ref: refs\/heads\/(.+)$/mu.exec(textOf(join(git, "HEAD")) ?? "")?.[1];
  return { names, main: remote ?? own };
}

function loose(git: string, folder: string): readonly string[] {
  try {
    const entries = readdirSync(join(git, folder), { recursive: true, withFileTypes: true });
    return entries.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name).slice(git.length + 1);
      return entry.isFile() ? [path.split("\\").join("/")] : [];
    });
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
