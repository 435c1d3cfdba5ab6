import { GitError } from "../errors.ts";
import { escapeControls } from "../failure.ts";
import { requireObjectId } from "../head.ts";
import type { Place } from "../place.ts";
import type { BuildOptions, CommitSpec, ObjectId } from "../types.ts";
import { importSeries } from "./import.ts";
import { planSeries } from "./plan.ts";

/** A name or a mail that cannot end the line it stands in, or pass for another part of it. */
function checked(text: string): string {
  if (!/[<>\n\r\0]/u.test(text) && text.trim() === text) return text;
  throw new GitError("CI_FIX_NO_IDENTITY", `Not a name or a mail of an author: ${escapeControls(text)}`);
}

/** Each character of the identity stands for one byte in the stream. */
function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/**
 * Makes commits on top of any commit in the object database, and moves no branch. With the same base, specs and options the ids are
 * the same everywhere. Returns them, oldest first.
 */
export async function buildSeries(
  place: Place,
  base: ObjectId,
  specs: readonly CommitSpec[],
  { name, email, date }: BuildOptions,
): Promise<ObjectId[]> {
  if (specs.length === 0) return [];
  if (!/^\d{1,15} [+-]\d{4}$/u.test(date))
    throw new GitError("CI_FIX_GIT_FAILED", `Not a date of git: ${escapeControls(date)}`);
  const who = asBytes(`${checked(name)} <${checked(email)}> ${date}`);
  const bare = { ...place, bare: true };
  const commits = await planSeries(bare, requireObjectId(base), specs);
  return importSeries(place, base, commits, { author: who, committer: who });
}
