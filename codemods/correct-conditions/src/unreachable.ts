import { contextPaths, statusFunctions, type Expression } from "@ci-fix/expression";
import { once } from "@ci-fix/judgement";
import { outlookOf, type JobOutlook } from "@ci-fix/proof";
import type { Job, Unit } from "@ci-fix/workflow";
import { knowsItsSteps } from "./domains.ts";

/** What can become of a job, its steps, and those that it waits for. The rest of the workflow does not matter to it. */
const outlook = once((job: Job): ReadonlyMap<string, JobOutlook> => {
  const found = outlookOf({ ...job.workflow, jobs: withAncestors(job) });
  return "problem" in found ? new Map() : found.jobs;
});

function withAncestors(job: Job): readonly Job[] {
  const { jobs } = job.workflow;
  const wanted = new Set([job]);
  // A set goes on to what is added to it meanwhile.
  for (const { needs } of wanted) {
    const ids = new Set(needs.ids.map((id) => id.toLowerCase()));
    for (const other of jobs) if (ids.has(other.id.toLowerCase())) wanted.add(other);
  }
  return jobs.filter((each) => wanted.has(each));
}

/**
 * True if a job or step whose condition looks at earlier results runs in no case of a run. What asks for cancelled or skipped ones is left
 * out: nobody can say when a run is cancelled, and a gate may be more careful than it must. So are units that never run for another reason.
 */
export function neverRuns(unit: Unit, tree: Expression): boolean {
  const job = unit.kind === "job" ? unit : unit.job;
  if (job.id === "" || !readsResults(tree) || /cancel|skipped/iu.test(unit.condition.parsed.text)) return false;
  if (unit.condition.constant !== undefined || job.workflow.kind !== "workflow") return false;
  if (!job.workflow.jobs.every(knowsItsSteps)) return false;
  const jobs = outlook(job);
  const told = jobs.get(job.id.toLowerCase());
  if (told === undefined || !ancestorsRun(job, jobs)) return false;
  if (unit.kind === "job") return told.runs === "never";
  return told.runs !== "never" && told.steps.find(({ step }) => step === unit)?.runs === "never";
}

/** True where a condition asks how earlier units went. */
export function readsResults(tree: Expression): boolean {
  return statusFunctions(tree).includes("failure") || contextPaths(tree).some(isResult);
}

function isResult(path: readonly string[]): boolean {
  const property = path[2]?.toLowerCase();
  if (path.length !== 3) return false;
  return (
    (path[0] === "needs" && property === "result") ||
    (path[0] === "steps" && (property === "outcome" || property === "conclusion"))
  );
}

function ancestorsRun(job: Job, jobs: ReadonlyMap<string, JobOutlook>): boolean {
  return job.needs.ids.every((id) => {
    const told = jobs.get(id.toLowerCase());
    return told !== undefined && told.runs !== "never";
  });
}
