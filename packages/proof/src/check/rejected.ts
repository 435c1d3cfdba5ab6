import type { Workflow } from "@ci-fix/workflow";

/** True for what no server would run: jobs or steps of the same id, jobs that wait for each other or for one that is not there. */
export function isRejected({ jobs }: Workflow): boolean {
  const waiting = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  if (waiting.size < jobs.length) return true;
  const done = new Set<string>();
  for (let before = -1; before < done.size;) {
    before = done.size;
    for (const [id, { needs }] of waiting) if (needs.ids.every((need) => done.has(need.toLowerCase()))) done.add(id);
  }
  return (
    done.size < jobs.length || jobs.some(({ steps }) => hasTwins(steps.flatMap(({ id }) => id?.toLowerCase() ?? [])))
  );
}

function hasTwins(ids: readonly string[]): boolean {
  return new Set(ids).size < ids.length;
}
