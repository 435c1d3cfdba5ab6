import { readingsOf, type Reading } from "./readings.ts";
import type { Job, Reader, Step, Workflow } from "./types.ts";

/** Who waits for whom, and who reads whose results; worked out once for a workflow, in one pass over its scalars. */
export interface Links {
  dependents(job: Job): readonly Job[];
  readersOfJob(job: Job): readonly Reader[];
  wholeReadersOfJob(job: Job): readonly Reader[];
  readersOfStep(step: Step): readonly Reader[];
}

const known = new WeakMap<Workflow, Links>();

export function linksOf(workflow: Workflow): Links {
  let links = known.get(workflow);
  if (links === undefined) {
    links = buildLinks(workflow);
    known.set(workflow, links);
  }
  return links;
}

/** Readers by the lower-case id they name; ids and contexts ignore case. */
type ById = Map<string, Reader[]>;
const everything = "*";

function buildLinks(workflow: Workflow): Links {
  const dependents = dependentsById(workflow);
  let read: ReturnType<typeof readersByJob> | undefined;
  const readers = (): ReturnType<typeof readersByJob> => (read ??= readersByJob(workflow));
  const ofNeeds = (job: Job, id: string): readonly Reader[] =>
    (dependents.get(job.id.toLowerCase()) ?? []).flatMap((dependent) => readers().needs.get(dependent)?.get(id) ?? []);
  return {
    dependents: (job) => dependents.get(job.id.toLowerCase()) ?? [],
    readersOfJob: (job) => [...ofNeeds(job, job.id.toLowerCase()), ...(readers().outputs.get(job) ?? [])],
    wholeReadersOfJob: (job) => ofNeeds(job, everything),
    readersOfStep(step) {
      const byId = readers().steps.get(step.job);
      const own = step.id === undefined ? [] : (byId?.get(step.id.toLowerCase()) ?? []);
      return step.id === undefined ? own : [...own, ...(byId?.get(everything) ?? [])];
    },
  };
}

function dependentsById(workflow: Workflow): ReadonlyMap<string, readonly Job[]> {
  const dependents = new Map<string, Job[]>();
  for (const job of workflow.jobs) {
    for (const id of new Set(job.needs.ids.map((need) => need.toLowerCase()))) append(dependents, id, job);
  }
  return dependents;
}

interface ReadersByJob {
  readonly steps: ReadonlyMap<Job, ById>;
  readonly needs: ReadonlyMap<Job, ById>;
  readonly outputs: ReadonlyMap<Job, readonly Reader[]>;
}

function readersByJob(workflow: Workflow): ReadersByJob {
  const steps = new Map<Job, ById>();
  const needs = new Map<Job, ById>();
  const outputs = new Map<Job, Reader[]>();
  const jobs = new Map(workflow.jobs.map((job) => [job.id.toLowerCase(), job]));
  for (const { place, path } of readingsOf(workflow)) {
    const [context, id = everything, property] = path;
    if (place.job === undefined) {
      const job = jobs.get(id);
      if (context === "jobs" && job !== undefined) append(outputs, job, readerOf(place, job, property, "result"));
    } else if (context === "steps" || context === "needs") {
      const byJob = context === "steps" ? steps : needs;
      const byId = byJob.get(place.job) ?? new Map<string, Reader[]>();
      byJob.set(place.job, byId);
      append(byId, id, readerOf(place, place.job, property, context === "needs" ? "result" : undefined));
    }
  }
  return { steps, needs, outputs };
}

function readerOf(
  place: Reading["place"],
  job: Job,
  property: string | undefined,
  result: "result" | undefined,
): Reader {
  const { where, step, text, path } = place;
  return { what: whatOf(property, result), where, job, step, text, path };
}

function whatOf(property: string | undefined, result: "result" | undefined): Reader["what"] {
  if (property === "outputs") return "outputs";
  if (result !== undefined) return property === result ? result : "all";
  return property === "outcome" || property === "conclusion" ? property : "all";
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
