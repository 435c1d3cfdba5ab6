import type { Job, Workflow } from "@ci-fix/workflow";
import { dataOf, isMapping, jobData, mapping } from "./data.ts";

/**
 * Why it cannot be told whether all that ran before still runs to its end: an event does not start the workflow any more, or in another
 * way, or runs or legs of a matrix end each other. What runs is followed all the same. One clause without full stop.
 */
export function mayRunLess(before: Workflow, after: Workflow): string | undefined {
  return unlikeStart(before, after) ?? endedLegs(before, after);
}

function unlikeStart(before: Workflow, after: Workflow): string | undefined {
  const nowEvents = eventsOf(after);
  const lost = [...eventsOf(before)].find(([event, filters]) => nowEvents.get(event) !== filters);
  if (lost !== undefined)
    return `what starts the workflow is changed, and it is not known whether ${lost[0]} does as before`;
  // https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
  return JSON.stringify(dataOf(before)["concurrency"]) === JSON.stringify(dataOf(after)["concurrency"])
    ? undefined
    : "which runs end or hold each other is changed, and one that is ended shows nothing";
}

/** Legs that were not ended by another one are not ended now. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategyfail-fast */
function endedLegs(before: Workflow, after: Workflow): string | undefined {
  const failFast = (job: Job): unknown => mapping(jobData(job)["strategy"])["fail-fast"] ?? true;
  const ended = before.jobs.find((old) => {
    const now = after.jobs.find(({ id }) => id.toLowerCase() === old.id.toLowerCase());
    if (old.matrix === undefined || now === undefined) return false;
    return failFast(now) !== false && failFast(now) !== failFast(old);
  });
  return ended === undefined
    ? undefined
    : `legs of job ${ended.id} that went on after a failure of another one can be ended by it now`;
}

/** Filters by event, as text. */
function eventsOf(workflow: Workflow): ReadonlyMap<string, string> {
  const data = dataOf(workflow);
  // YAML 1.1 takes `on` for true.
  const on = data["on"] ?? data["true"];
  if (isMapping(on))
    return new Map(Object.entries(on).map(([event, filters]) => [event, JSON.stringify(filters ?? null)]));
  return new Map((Array.isArray(on) ? on : [on]).map((event) => [String(event), "null"]));
}
