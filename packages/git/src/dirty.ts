import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fields, output, portions, type Place } from "./place.ts";
import { runGit } from "./run.ts";

/**
 * A filter is a program that a setting of the repository names. Reading runs none, so a file that a filter has changed counts as dirty
 * unless git knows it by its time and size.
 */
async function filtersOff(place: Place): Promise<string[]> {
  const found = await runGit(place.root, [
    "config",
    "--name-only",
    "-z",
    "--get-regexp",
    String.raw`^filter\..*\.(clean|process|required)$`,
  ]);
  return fields(found.stdout).map((name) => {
    const key = name.toString("utf8");
    return key.endsWith(".required") ? `${key}=false` : `${key}=`;
  });
}

/** The path of one record of `status --porcelain=v2 -z`. */
function statusPath(record: string): string | undefined {
  const before = { "1": 8, u: 10, "?": 1, "!": 1 }[record[0] ?? ""];
  if (before === undefined) return undefined;
  return record.split(" ").slice(before).join(" ");
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** A file that git was told not to look at (`assume-unchanged`, `skip-worktree`) is compared here, byte for byte. */
async function hiddenChange(place: Place, path: string): Promise<boolean> {
  const file = join(place.root, path);
  if (!(await exists(file))) return false;
  const blob = await runGit(place.root, ["cat-file", "blob", `:0:${path}`]);
  const bytes = await readFile(file).catch(() => undefined);
  return bytes === undefined || blob.code !== 0 || !bytes.equals(blob.stdout);
}

interface Seen {
  readonly changed: Set<string>;
  readonly tracked: Set<string>;
  readonly hidden: Set<string>;
}

async function look(place: Place, paths: readonly string[]): Promise<Seen> {
  const settings = await filtersOff(place);
  const seen: Seen = { changed: new Set(), tracked: new Set(), hidden: new Set() };
  for (const portion of portions(paths)) {
    const [status, index] = await Promise.all([
      output(
        place,
        [
          "status",
          "--porcelain=v2",
          "-z",
          "--untracked-files=all",
          "--no-renames",
          "--ignore-submodules=none",
          "--",
          ...portion,
        ],
        { settings },
      ),
      output(place, ["ls-files", "-z", "-v", "--cached", "--", ...portion]),
    ]);
    for (const record of fields(status)) {
      const path = statusPath(record.toString("utf8"));
      if (path !== undefined) seen.changed.add(path);
    }
    for (const record of fields(index)) {
      const [tag, path] = [record.toString("latin1", 0, 1), record.toString("utf8", 2)];
      seen.tracked.add(path);
      if (tag === "S" || tag !== tag.toUpperCase()) seen.hidden.add(path);
    }
  }
  return seen;
}

function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/** Which of the paths differ from HEAD. An ignored file in the place of a path counts: a fast-forward would overwrite it. */
export async function readDirtyPaths(place: Place, paths: readonly string[]): Promise<string[]> {
  if (place.bare || paths.length === 0) return [];
  const seen = await look(place, paths);
  const dirty: string[] = [];
  for (const path of paths) {
    const within = (names: Set<string>): string[] =>
      names.has(path) ? [path] : [...names].filter((name) => isAtOrBelow(name, path));
    const hidden = await Promise.all(within(seen.hidden).map((name) => hiddenChange(place, name)));
    const inTheWay = within(seen.tracked).length === 0 && (await exists(join(place.root, path)));
    if (within(seen.changed).length > 0 || hidden.includes(true) || inTheWay) dirty.push(path);
  }
  return dirty;
}
