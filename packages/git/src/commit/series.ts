import type { Place } from "../place.ts";
import type { CommitOptions, CommitSpec, ObjectId } from "../types.ts";
import { fastForward } from "./forward.ts";
import { readyToCommit, refuseDirty } from "./guards.ts";
import { commitWithHooks } from "./hooks.ts";
import { readIdentity } from "./identity.ts";
import { importSeries } from "./import.ts";
import { planSeries, touchedPaths } from "./plan.ts";
import { signSeries, signsCommits } from "./sign.ts";

/**
 * Checks everything first, builds the commits off-tree, then moves HEAD once. Hooks need commits one by one on the real branch; they
 * start from the same off-tree commits.
 */
export async function commitSeries(
  place: Place,
  specs: readonly CommitSpec[],
  options: CommitOptions,
): Promise<ObjectId[]> {
  if (specs.length === 0) return [];
  // All questions are asked at once; the answers are looked at in the order in which they matter to a person.
  const ready = readyToCommit(place);
  const identified = readIdentity(place, options.date);
  const signing = options.sign === undefined ? signsCommits(place) : Promise.resolve(options.sign);
  const clean = refuseDirty(place, touchedPaths(specs));
  for (const answer of [identified, signing, clean]) answer.catch(() => {});
  const start = await ready;
  const commits = await planSeries(place, start.oid, specs);
  await clean;
  const [identity, sign] = await Promise.all([identified, signing]);
  const series = await importSeries(place, start.oid, commits, identity);
  if (options.runHooks === true) return commitWithHooks(place, { start, commits, series, identity, sign });
  const made = sign ? await signSeries(place, start.oid, series, commits, identity) : series;
  await fastForward(place, start, made.at(-1) ?? start.oid);
  return made;
}
