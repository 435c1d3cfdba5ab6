import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { GitError } from "../errors.ts";
import { showPath } from "../failure.ts";
import type { Place } from "../place.ts";
import { entriesAt } from "../tree.ts";
import type { CommitSpec, ObjectId, TreeEntry } from "../types.ts";
import { tidyMessage } from "./message.ts";

export interface PlannedFile {
  readonly path: string;
  readonly mode: string;
  readonly bytes: Uint8Array;
}

/** One commit, checked against the tree it starts from. */
export interface PlannedCommit {
  readonly message: string;
  readonly files: readonly PlannedFile[];
}

const SYMLINK = "120000";
const SUBMODULE = "160000";
const FOLDER = "040000";

function refuse(path: string, why: string): never {
  throw new GitError("CI_FIX_GIT_FAILED", `${showPath(path)} cannot be committed: ${why}`);
}

function linkRefusal(path: string, what: string): GitError {
  return new GitError("CI_FIX_SYMLINK", `${showPath(path)} is ${what}; it is not followed.`, {
    hint: "Run ci-fix on the file it stands for.",
  });
}

function requirePath(path: string): void {
  const parts = path.split("/");
  if (path.includes("\0") || parts.some((part) => part === "" || part === "." || part === "..")) {
    refuse(path, "it is no path inside of the repository.");
  }
  if (parts.some((part) => part.toLowerCase() === ".git")) refuse(path, "it lies in a git directory.");
}

function parents(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** The mode a path keeps, or that of a new file. */
function modeOf(path: string, entries: ReadonlyMap<string, TreeEntry>): string {
  for (const folder of parents(path)) {
    const mode = entries.get(folder)?.mode;
    if (mode === SYMLINK || mode === SUBMODULE)
      throw linkRefusal(folder, mode === SYMLINK ? "a symbolic link" : "a submodule");
    if (mode !== undefined && mode !== FOLDER) refuse(path, `${showPath(folder)} is a file.`);
  }
  const mode = entries.get(path)?.mode;
  if (mode === SYMLINK) throw linkRefusal(path, "a symbolic link");
  if (mode === SUBMODULE) throw linkRefusal(path, "a submodule");
  if (mode === FOLDER) refuse(path, "it is a folder.");
  if (mode === undefined && Buffer.from(path).toString("utf8").includes("\uFFFD"))
    refuse(path, "its name is not UTF-8.");
  return mode ?? "100644";
}

/** In the work tree a folder of the path may have become a link, through which a write would leave the repository. */
async function refuseLinkedFolders(place: Place, paths: readonly string[]): Promise<void> {
  if (place.bare) return;
  for (const folder of new Set(paths.flatMap(parents))) {
    const stats = await lstat(join(place.root, folder)).catch(() => undefined);
    if (stats?.isSymbolicLink() === true) throw linkRefusal(folder, "a symbolic link in the work tree");
    if (stats?.isFile() === true) {
      throw new GitError("CI_FIX_DIRTY_FILE", `A file stands where a folder is needed: ${showPath(folder)}`);
    }
  }
}

function blobId(place: Place, bytes: Uint8Array): ObjectId {
  return createHash(place.format).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** @throws GitError when a commit changes nothing, or a path is none that can be changed. */
export async function planSeries(place: Place, base: ObjectId, specs: readonly CommitSpec[]): Promise<PlannedCommit[]> {
  const paths = touchedPaths(specs);
  for (const path of paths) requirePath(path);
  const entries = await entriesAt(place, base, [...new Set(paths.flatMap((path) => [...parents(path), path]))]);
  const modes = new Map(paths.map((path) => [path, modeOf(path, entries)]));
  await refuseLinkedFolders(place, paths);
  const current = new Map(paths.map((path) => [path, entries.get(path)?.oid]));
  return specs.map((spec) => {
    const message = tidyMessage(spec.message);
    const changed = spec.changes.filter(({ path, bytes }) => current.get(path) !== blobId(place, bytes));
    if (changed.length === 0) {
      throw new GitError(
        "CI_FIX_GIT_FAILED",
        `The commit changes nothing: ${showPath(message.split("\n", 1)[0] ?? "")}`,
      );
    }
    for (const { path, bytes } of changed) current.set(path, blobId(place, bytes));
    return { message, files: changed.map(({ path, bytes }) => ({ path, bytes, mode: modes.get(path) ?? "100644" })) };
  });
}

export function touchedPaths(specs: readonly CommitSpec[]): string[] {
  return [...new Set(specs.flatMap((spec) => spec.changes.map((change) => change.path)))];
}
