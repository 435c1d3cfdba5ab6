import { GitError } from "./errors.ts";
import { showPath } from "./failure.ts";
import { line, type Place } from "./place.ts";
import { runGit } from "./run.ts";
import type { Head, ObjectId } from "./types.ts";

export async function readHead(place: Place): Promise<Head> {
  const both = await runGit(place.root, ["rev-parse", "--quiet", "HEAD^{commit}", "--symbolic-full-name", "HEAD"]);
  const [oid, name] = line(both.stdout).split("\n");
  if (both.code === 0 && name !== undefined) return { ref: name === "HEAD" ? undefined : name, oid };
  // A branch without a commit has a name all the same.
  const symbolic = await runGit(place.root, ["symbolic-ref", "--quiet", "HEAD"]);
  return { ref: symbolic.code === 0 ? line(symbolic.stdout) : undefined, oid: undefined };
}

/** Two steps, because a revision such as `:/words` would swallow a `^{commit}` behind it. */
export async function resolveRevision(place: Place, revision: string): Promise<ObjectId | undefined> {
  if (revision === "" || revision.startsWith("-") || revision.includes("\0")) return undefined;
  const named = await runGit(place.root, ["rev-parse", "--quiet", "--verify", revision]);
  const oid = line(named.stdout);
  if (named.code !== 0 || !isObjectId(oid)) return undefined;
  const commit = await runGit(place.root, ["rev-parse", "--quiet", "--verify", `${oid}^{commit}`]);
  return commit.code === 0 ? line(commit.stdout) : undefined;
}

function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}

/** Keeps anything that is not an id away from a command line, where it could be read as an option. */
export function requireObjectId(text: string): ObjectId {
  if (isObjectId(text)) return text;
  throw new GitError("CI_FIX_GIT_FAILED", `Not an object id: ${showPath(text)}`);
}
