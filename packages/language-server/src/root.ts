import { realpath } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { openRepository } from "@ci-fix/git";

/** Where a document lies. */
export interface Place {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/**
 * The repository that a document belongs to: that of git, else the innermost folder of the workspace that holds it, else the one
 * that its path suggests. Undefined for what is no file on disk.
 */
export async function placeOf(uri: string, folders: readonly string[]): Promise<Place | undefined> {
  if (!uri.startsWith("file:")) return undefined;
  const file = resolve(fileURLToPath(uri));
  const folder = await nearestFolder(dirname(file));
  const root = await openRepository(folder).then(
    (repository) => repository.root,
    () => workspaceFolder(file, folders) ?? beforeWorkflows(file),
  );
  // Git follows links, and so must the path that is told to it.
  const real = resolve(await realpath(folder).catch(() => folder), relative(folder, file));
  const path = relative(root, real);
  return path.startsWith("..") ? undefined : { root, path: path.split(sep).join("/") };
}

/** A new file may lie in a folder that is not there yet. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await realpath(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function workspaceFolder(file: string, folders: readonly string[]): string | undefined {
  const around = folders
    .filter((uri) => uri.startsWith("file:"))
    .map((uri) => resolve(fileURLToPath(uri)))
    .filter((folder) => !relative(folder, file).startsWith(".."));
  return around.sort((a, b) => b.length - a.length)[0];
}

function beforeWorkflows(file: string): string {
  const at = file.lastIndexOf(`${sep}.github${sep}`);
  return at > 0 ? file.slice(0, at) : dirname(file);
}
