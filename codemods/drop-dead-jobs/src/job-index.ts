import type { Job, Workflow } from "@ci-fix/workflow";

interface JobIndex {
  /** By lower-case id; a file may write one twice. */
  readonly byId: ReadonlyMap<string, readonly Job[]>;
  readonly position: ReadonlyMap<Job, number>;
}

const known = new WeakMap<Workflow, JobIndex>();
const neededBy = new WeakMap<Job, readonly Job[]>();

/** The jobs that a job waits for, in file order. */
export function needed(job: Job): readonly Job[] {
  let jobs = neededBy.get(job);
  if (jobs === undefined) {
    const { byId } = indexOf(job.workflow);
    const ids = new Set(job.needs.ids.map((id) => id.toLowerCase()));
    jobs = inFileOrder(new Set([...ids].flatMap((id) => byId.get(id) ?? [])));
    neededBy.set(job, jobs);
  }
  return jobs;
}

/** Jobs of one workflow, as they stand in it. */
export function inFileOrder(jobs: ReadonlySet<Job>): readonly Job[] {
  const [first] = jobs;
  if (first === undefined) return [];
  const { position } = indexOf(first.workflow);
  return [...jobs].sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0));
}

function indexOf(workflow: Workflow): JobIndex {
  let index = known.get(workflow);
  if (index === undefined) {
    const byId = new Map<string, Job[]>();
    for (const job of workflow.jobs) {
      const id = job.id.toLowerCase();
      const same = byId.get(id);
      if (same === undefined) byId.set(id, [job]);
      else same.push(job);
    }
    index = { byId, position: new Map(workflow.jobs.map((job, position) => [job, position])) };
    known.set(workflow, index);
  }
  return index;
}
