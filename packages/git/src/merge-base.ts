import { commandFailed } from "./failure.ts";
import { requireObjectId } from "./head.ts";
import { line, type Place } from "./place.ts";
import { runGit } from "./run.ts";
import type { ObjectId } from "./types.ts";

/** Where two lines of history parted. Of several best ones git names the first. */
export async function findMergeBase(place: Place, one: ObjectId, other: ObjectId): Promise<ObjectId | undefined> {
  const found = await runGit(place.root, ["merge-base", requireObjectId(one), requireObjectId(other)]);
  if (found.code === 0) return line(found.stdout);
  if (found.code === 1) return undefined;
  throw commandFailed("merge-base", found, place.gitDir);
}
