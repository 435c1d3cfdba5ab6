import { lstatSync, readFileSync, type Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { CiFixError } from "@ci-fix/codemod";
import { isCiFile, repositoryView } from "@ci-fix/workflow";
import { glob } from "tinyglobby";
import type { FileSource } from "../types.ts";
import { branchesOf } from "./branches.ts";

/** Bytes. Far above any real CI file (the largest seen has 0.4 MB), low enough that one file cannot fill the memory. */
const largestFile = 32 * 1024 * 1024;

/** A folder that is named like a workflow is none, and what it holds is none either. */
const plainly = {
  dot: true,
  ignore: ["**/node_modules/**", "**/.git/**"],
  followSymbolicLinks: false,
  expandDirectories: false,
};

/**
 * CI files of a folder as they are on disk. Without paths: `.github/workflows` of the root and every action file.
 * A folder named in `paths` is searched to its depths; a file named there is taken as it is. Links are not followed.
 */
export function workTreeSource(root: string, paths: readonly string[] = []): FileSource {
  return {
    root,
    list: () => (paths.length === 0 ? listRoot(root) : listPaths(root, paths)),
    read: async (path) => readRegularFile(root, path),
    repository: async () => repositoryView((path) => readNow(root, path), branchesOf(root)),
  };
}

async function listRoot(root: string): Promise<string[]> {
  const patterns = [".github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"];
  const files = await glob(patterns, { ...plainly, cwd: root });
  return sorted([...files, ...(await linksOf(root, ""))]);
}

async function listPaths(root: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const stats = await lstat(join(root, path)).catch(() => undefined);
    if (stats === undefined) {
      throw new CiFixError("CI_FIX_NO_SUCH_PATH", `there is no file or folder ${path}`, { exitCode: 2 });
    }
    found.push(...(stats.isDirectory() ? await listFolder(root, path) : [path]));
  }
  return sorted(found);
}

async function listFolder(root: string, path: string): Promise<string[]> {
  const below = await glob("**/*.{yml,yaml}", { ...plainly, cwd: join(root, path) });
  const prefix = path === "." || path === "" ? "" : `${path.replace(/\/+$/, "")}/`;
  const links = await linksOf(root, prefix);
  // Given `.github/workflows` itself, the names below it alone do not tell that they are CI files.
  return [...below.map((file) => prefix + file).filter((file) => isCiFile(file)), ...links];
}

/** Links where CI files are expected. They are listed like files, so that reading them tells why they were not looked at. */
async function linksOf(root: string, prefix: string): Promise<string[]> {
  for (const folder of [`${prefix}.github`, `${prefix}.github/workflows`]) {
    const stats = await lstat(join(root, folder)).catch(() => undefined);
    if (stats?.isSymbolicLink() === true) return [folder];
  }
  const found: string[] = [];
  for (const folder of [prefix, `${prefix}.github/workflows/`]) {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => folder + name);
    found.push(...links.filter((path) => isCiFile(path)));
  }
  return found;
}

/** Bytes. */
const largestCalled = 1024 * 1024;

/** A regular file that no link leads to; undefined for anything else, and for what cannot be read. */
function readNow(root: string, path: string): Uint8Array | undefined {
  const parts = path.split("/");
  let at = root;
  try {
    for (const [index, part] of parts.entries()) {
      at = join(at, part);
      const stats = lstatSync(at);
      if (!isExpected(stats, index === parts.length - 1)) return undefined;
    }
    return readFileSync(at);
  } catch {
    return undefined;
  }
}

function isExpected(stats: Stats, isLast: boolean): boolean {
  return isLast ? stats.isFile() && stats.size <= largestCalled : stats.isDirectory();
}

/** At once: a thread that reads such small files costs more than it saves. */
function readRegularFile(root: string, path: string): Uint8Array {
  const absolute = join(root, path);
  const stats = readable(path, () => lstatSync(absolute));
  if (stats.isSymbolicLink()) {
    throw new CiFixError("CI_FIX_SYMLINK", "this is a symbolic link; links are not followed", {
      hint: "run ci-fix where the file really is",
    });
  }
  if (!stats.isFile()) throw new CiFixError("CI_FIX_NOT_A_FILE", "this is not a regular file");
  if (stats.size > largestFile) {
    throw new CiFixError("CI_FIX_TOO_LARGE", `${stats.size} bytes; at most ${largestFile} are read`);
  }
  return readable(path, () => readFileSync(absolute));
}

function readable<Answer>(path: string, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown cause";
    throw new CiFixError("CI_FIX_UNREADABLE", `${path} cannot be read (${code})`, { cause });
  }
}

function sorted(paths: readonly string[]): string[] {
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
