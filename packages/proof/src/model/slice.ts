import type { Workflow } from "@ci-fix/workflow";
import { dataOf } from "./data.ts";

/**
 * The jobs that a change can make a difference for, or that decide what it makes: the changed ones, all that wait for
 * them, and all that these wait for. In lower case. Any other job ends the same way on both sides.
 */
export function sliceOf(before: Workflow, after: Workflow, changed: ReadonlySet<string>): ReadonlySet<string> {
  const slice = new Set(changed);
  for (const { jobs } of [before, after]) {
    let grown = true;
    while (grown) {
      grown = false;
      for (const job of jobs) {
        const id = job.id.toLowerCase();
        if (slice.has(id) || !job.needs.ids.some((need) => slice.has(need.toLowerCase()))) continue;
        slice.add(id);
        grown = true;
      }
    }
  }
  return withNeeds(before, after, slice);
}

/** These jobs and all that they wait for, on either side. */
export function withNeeds(before: Workflow, after: Workflow, ids: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(ids);
  // What a removed job waited for counts as well. The set grows while it is walked.
  const jobs = [...before.jobs, ...after.jobs];
  for (const id of all)
    for (const job of jobs)
      if (job.id.toLowerCase() === id) for (const need of job.needs.ids) all.add(need.toLowerCase());
  return all;
}

/** True where something of a file stands elsewhere as well, as a value or as a key. */
function hasAliases({ file: { yaml } }: Workflow): boolean {
  return [...yaml.walk()].some(
    (child) => child.value?.kind === "alias" || (child.kind === "entry" && yaml.text[child.keySpan.start] === "*"),
  );
}

/** Jobs whose text is not the same on both sides; all of them where something outside of the jobs differs. */
export function changedJobs(before: Workflow, after: Workflow): ReadonlySet<string> {
  const [old, now] = [textsOf(before), textsOf(after)];
  const ids = new Set([...old.keys(), ...now.keys()]);
  // What one job defines another may use, whose text then is the same on both sides.
  if (around(before) !== around(after) || hasAliases(before)) return ids;
  return new Set([...ids].filter((id) => old.get(id) !== now.get(id)));
}

/** By lower-case id; of a composite action the whole file. */
function textsOf({ jobs, file: { yaml } }: Workflow): ReadonlyMap<string, string> {
  return new Map(jobs.map(({ id, entry }) => [id.toLowerCase(), yaml.text.slice(entry?.span.start, entry?.span.end)]));
}

/** What a file says besides its jobs. */
function around(workflow: Workflow): string {
  return JSON.stringify({ ...dataOf(workflow), jobs: undefined });
}
