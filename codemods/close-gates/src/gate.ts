import { commandsOf, kindOfStep, programOf } from "@ci-fix/judgement";
import type { Job, Step } from "@ci-fix/workflow";

/** Programs that look at what others did and say it, but do nothing themselves. */
const talk = new Set(
  "set echo printf : true false exit test [ [[ (( jq grep egrep cat date env if then else elif fi for do done ! { } case esac in return continue break".split(
    " ",
  ),
);

/** True for a job that does no work of its own and waits for others: all that it has to tell is how they went. */
export function isGate(job: Job): boolean {
  if (job.needs.ids.length === 0 || job.calls !== undefined || job.matrix !== undefined || job.steps.length === 0)
    return false;
  return !job.aliased && job.steps.every(isTalk) && !readsOutputs(job);
}

/** True for the action that fails unless all jobs it is told of have passed. */
export function isAllsGreen({ action }: Step): boolean {
  return action?.name.toLowerCase() === "re-actors/alls-green";
}

function isTalk(step: Step): boolean {
  if (step.script === undefined) return isAllsGreen(step);
  const { text } = step.script;
  if (/GITHUB_OUTPUT|set-output|GITHUB_ENV|GITHUB_STEP_SUMMARY/u.test(text) || kindOfStep(step).kind === "critical")
    return false;
  return commandsOf(text).every(
    ({ words: [first = ""] }) => talk.has(programOf(first)) || /^\w+=|^["'$[{(]/u.test(first) || first === "",
  );
}

/** What a job makes of the outputs of others is work: it decides, prints or hands on. */
function readsOutputs(job: Job): boolean {
  const { jobs } = job.workflow;
  const needed = new Set(job.needs.ids.map((id) => id.toLowerCase()));
  return jobs.some(
    (other) =>
      needed.has(other.id.toLowerCase()) &&
      other.readers.some((reader) => reader.job === job && (reader.what === "outputs" || reader.where === "output")),
  );
}
