import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readDirtyPaths } from "../dirty.ts";
import { readHead } from "../head.ts";
import { output, type Place } from "../place.ts";
import { entriesAt } from "../tree.ts";
import type { ObjectId } from "../types.ts";
import { moveHead, switchFiles } from "./forward.ts";
import type { HookedSeries, Progress } from "./hooks.ts";

/** A hook may have rewritten touched files. They held nothing of the user when the series began, so they are written anew. */
async function rewrite(place: Place, start: ObjectId, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const entries = await entriesAt(place, start, paths);
  const none = "0".repeat(start.length);
  const records = paths.map((path) => {
    const entry = entries.get(path);
    return entry === undefined ? `0 ${none}\t${path}\0` : `${entry.mode} ${entry.oid}\t${path}\0`;
  });
  await output(place, ["update-index", "-z", "--index-info"], { input: records.join(""), writes: true });
  const kept = paths.filter((path) => entries.has(path));
  await output(place, ["checkout-index", "-f", "-u", "-z", "--stdin"], {
    input: kept.map((path) => `${path}\0`).join(""),
    writes: true,
  });
  for (const path of paths) if (!entries.has(path)) await rm(join(place.root, path), { force: true });
}

/**
 * Takes HEAD, the index and the touched files back to where the series started. Where somebody has committed on top meanwhile, the
 * commits below stay, and only what was not committed yet is taken back. What stands in a touched file by now is written over only if
 * a hook was the last to run; else it is the user's, and stays.
 */
export async function restore(place: Place, hooked: HookedSeries, progress: Progress, byHook: boolean): Promise<void> {
  const { start, commits, series } = hooked;
  const head = await readHead(place);
  const ours = head.ref === start.ref && head.oid !== undefined && progress.made.includes(head.oid);
  if (ours) await moveHead(place, head.oid, start.oid, "take back");
  const target = ours ? start.oid : (series[progress.made.length - 1] ?? start.oid);
  try {
    await switchFiles(place, progress.reached, target);
  } catch (error) {
    if (!byHook) throw error;
  }
  if (!byHook) return;
  const touched = new Set(commits.flatMap((commit) => commit.files.map((file) => file.path)));
  await rewrite(place, target, await readDirtyPaths(place, [...touched]));
}
