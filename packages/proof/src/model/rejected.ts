import type { Job, Step } from "@ci-fix/workflow";

/** A file that no server would run: nothing of it runs, so there is nothing to prove. The message is a clause without full stop. */
export class Unreadable extends Error {}

/** Only the file after the change is rejected. */
export class Broken extends Unreadable {}

/** Each job after all that it waits for. Throws `Unreadable` where there is no such order, and for ids that are used twice. */
export function inOrder(jobs: readonly Job[]): readonly Job[] {
  const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  // actions/runner, TemplateReader: `'unit' is already defined`, without regard to case.
  if (byId.size < jobs.length) throw new Unreadable("two jobs have the same id");
  const order: Job[] = [];
  const states = new Map<Job, "open" | "done">();
  const visit = (job: Job | undefined): void => {
    const state = job && states.get(job);
    if (job === undefined || state === "open")
      throw new Unreadable("jobs wait for each other, or for a job that is not there");
    if (state === "done") return;
    states.set(job, "open");
    for (const id of job.needs.ids) visit(byId.get(id.toLowerCase()));
    states.set(job, "done");
    order.push(job);
  };
  for (const job of jobs) visit(job);
  return order;
}

/** Throws `Unreadable` for two steps of one list that have the same id (actions/runner, IdBuilder). */
export function refuseTwins(steps: readonly Step[]): void {
  const ids = new Set<string>();
  for (const { id } of steps) {
    if (id === undefined) continue;
    if (ids.has(id.toLowerCase())) throw new Unreadable(`two steps have the id ${id.toLowerCase()}`);
    ids.add(id.toLowerCase());
  }
}
