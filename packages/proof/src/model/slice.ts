import type { Job, Workflow } from "@ci-fix/workflow";
import { dataOf, isRecord } from "./matrix-legs.ts";

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
  const needs = new Map<string, readonly string[]>();
  for (const { id, needs: of } of jobs)
    needs.set(id.toLowerCase(), [...(needs.get(id.toLowerCase()) ?? []), ...of.ids]);
  for (const id of all) for (const need of needs.get(id) ?? []) all.add(need.toLowerCase());
  return all;
}

/** Finds every anchor of YAML, and little else: `&&` of a script is none. */
const mayAnchor = /(?:^|[\s[{,])&(?!&?(?:\s|$))[^\s,[\]{}]/mu;

/** True where something in a file can stand elsewhere as well. */
function hasAnchors({ file: { yaml } }: Workflow): boolean {
  return mayAnchor.test(yaml.text) && [...yaml.walk()].some(({ value }) => value?.anchor !== undefined);
}

/** Jobs whose text is not the same on both sides; all of them where something outside of the jobs differs. */
export function changedJobs(before: Workflow, after: Workflow): ReadonlySet<string> {
  const [old, now] = [textsOf(before), textsOf(after)];
  const ids = new Set([...old.keys(), ...now.keys()]);
  if (before.kind === "composite-action" || !isSameAround(before, after)) return ids;
  // What one job defines another may use.
  if (hasAnchors(before) || hasAnchors(after)) return ids;
  return new Set([...ids].filter((id) => old.get(id) !== now.get(id)));
}

/** By lower-case id; where two jobs have the same one, the texts of both. */
function textsOf({ jobs, file: { yaml } }: Workflow): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id, entry } of jobs) {
    const text = entry === undefined ? "" : yaml.text.slice(entry.span.start, entry.span.end);
    texts.set(id.toLowerCase(), `${texts.get(id.toLowerCase()) ?? ""}${text}`);
  }
  return texts;
}

/** Whether a file says the same besides its jobs. */
function isSameAround(before: Workflow, after: Workflow): boolean {
  const rest = (side: Workflow): string => {
    const data = dataOf(side);
    return JSON.stringify(isRecord(data) ? { ...data, jobs: undefined } : data);
  };
  return outside(before) === outside(after) || rest(before) === rest(after);
}

/** The text of a file without its jobs and without what is written between them, where only comments stand. */
function outside(workflow: Workflow): string {
  const { text } = workflow.file.yaml;
  const spans = workflow.jobs.flatMap((job) => (job.entry === undefined ? [] : [job.entry.span]));
  const from = Math.min(...spans.map((span) => span.start));
  const to = Math.max(...spans.map((span) => span.end));
  return spans.length === 0 ? text : `${text.slice(0, from)}\n${text.slice(to)}`;
}

/** Each job after all that it waits for; undefined where jobs wait for each other, or for one that is not there. */
export function inOrder(jobs: readonly Job[]): readonly Job[] | undefined {
  const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  const order: Job[] = [];
  const state = new Map<Job, "open" | "done">();
  const visit = (job: Job): boolean => {
    const known = state.get(job);
    if (known !== undefined) return known === "done";
    state.set(job, "open");
    for (const id of job.needs.ids) {
      const needed = byId.get(id.toLowerCase());
      if (needed === undefined || !visit(needed)) return false;
    }
    state.set(job, "done");
    order.push(job);
    return true;
  };
  return jobs.every(visit) ? order : undefined;
}
