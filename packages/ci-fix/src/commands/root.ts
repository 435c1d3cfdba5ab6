import { lstat, realpath } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { openRepository } from "@ci-fix/git";
import { UsageError } from "../problems.ts";

/** Paths as a user gives them (relative to where the command runs), relative to the root instead. */
export async function fromRoot(directory: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const here = await realpath(directory);
  const root = await openRepository(here).then(
    (repository) => (repository.bare ? here : repository.root),
    () => here,
  );
  return paths.map((path) => {
    const inside = relative(root, resolve(here, path));
    if (inside.startsWith(".."))
      throw new UsageError(`${path} is outside of the repository`, `the repository is ${root}`);
    return inside.split(sep).join("/");
  });
}

/** True if there is anything at that path, a broken link included. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
