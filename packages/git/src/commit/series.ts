import { GitError } from "../errors.ts";
import type { Place } from "../place.ts";
import type { CommitOptions, CommitSpec, ObjectId } from "../types.ts";

export async function commitSeries(
  _place: Place,
  _specs: readonly CommitSpec[],
  _options: CommitOptions,
): Promise<ObjectId[]> {
  throw new GitError("CI_FIX_GIT_FAILED", "Commits cannot be made yet.");
}
