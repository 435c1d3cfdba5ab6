import type { Job, Step, Workflow } from "@ci-fix/workflow";
import type { ScriptModel } from "../script-model.ts";
import { dataOf, jobData } from "./matrix-legs.ts";
import { pairsOf } from "./names.ts";
import { changedJobs } from "./slice.ts";

/** What decides when units run and what their failure means, or means nothing to either. All else is what they do. */
const UNDERSTOOD = {
  workflow: new Set(["jobs", "runs", "name", "run-name", "on", "concurrency", "defaults"]),
  job: new Set(["if", "continue-on-error", "needs", "name", "steps", "strategy", "outputs", "defaults"]),
  step: new Set(["if", "continue-on-error", "name", "id"]),
};

/** How many legs of a matrix run at once, and whether one that fails ends the others. */
const PACE = new Set(["fail-fast", "max-parallel"]);

type Data = Readonly<Record<string, unknown>>;

/**
 * Why nobody can say how something ends after a change: what it does is another thing than before, and the script model
 * does not know both. A step that does the same on both sides ends in the same way; of this one it would be no more than a guess.
 * One clause without full stop; undefined where there is no such thing.
 */
export function unknownBody(before: Workflow, after: Workflow, scripts: ScriptModel): string | undefined {
  // Where only some jobs have another text, nothing around them has.
  const changed = changedJobs(before, after);
  const isRestChanged =
    before.jobs.every(({ id }) => changed.has(id.toLowerCase())) &&
    !isSame(dataOf(before), dataOf(after), UNDERSTOOD.workflow);
  for (const old of before.jobs.filter(({ id }) => changed.has(id.toLowerCase()))) {
    const now = after.jobs.find(({ id }) => id.toLowerCase() === old.id.toLowerCase());
    if (now === undefined) continue;
    const [oldData, nowData] = [bodyData(old), bodyData(now)];
    const isChanged =
      isRestChanged || !isSame(oldData, nowData, UNDERSTOOD.job) || !isSame(strategy(oldData), strategy(nowData), PACE);
    if (isChanged && old.calls !== undefined) return `what job ${old.id} is given is changed`;
    const areNeedsChanged = old.needs.ids.join(" ") !== now.needs.ids.join(" ");
    for (const [step, paired] of pairsOf(old, now)) {
      const [oldStep, nowStep] = [stepData(oldData, step), stepData(nowData, paired)];
      const isOther = isChanged || !isSame(oldStep, nowStep, UNDERSTOOD.step) || hasOtherDefaults(step, paired);
      if (!isOther && !(areNeedsChanged && readsNeeds(oldStep))) continue;
      if (scripts(step) !== undefined && scripts(paired) !== undefined) continue;
      const isScript = step.script?.text !== paired.script?.text;
      return isScript
        ? `the script of step "${step.label}" is changed, and it is not known when it fails`
        : `what step "${step.label}" is given is changed, and it is not known when it fails`;
    }
  }
  return undefined;
}

/** Defaults are for scripts alone. */
function hasOtherDefaults(step: Step, paired: Step): boolean {
  if (step.script === undefined) return false;
  return step.shell.template !== paired.shell.template || defaultFolder(step.job) !== defaultFolder(paired.job);
}

function defaultFolder(job: Job): unknown {
  const root = dataOf(job.workflow) as Data | null;
  const [own, all] = [bodyData(job), root].map((data) => {
    const defaults = data?.["defaults"] as Data | null | undefined;
    return (defaults?.["run"] as Data | null | undefined)?.["working-directory"];
  });
  return own ?? all;
}

/** The data of a job; of a composite action what holds its steps. */
function bodyData(job: Job): Data | undefined {
  if (job.workflow.kind !== "composite-action") return jobData(job);
  const root = dataOf(job.workflow) as Data | null;
  return root?.["runs"] as Data | undefined;
}

function strategy(job: Data | undefined): unknown {
  return job?.["strategy"] ?? {};
}

function stepData(job: Data | undefined, { index }: Step): unknown {
  const steps = job?.["steps"];
  return Array.isArray(steps) ? (steps as readonly unknown[])[index] : undefined;
}

function readsNeeds(step: unknown): boolean {
  return /\$\{\{[^}]*\bneeds\b/iu.test(JSON.stringify(step) ?? "");
}

function isSame(left: unknown, right: unknown, except: ReadonlySet<string>): boolean {
  const kept = (of: unknown): string =>
    typeof of === "object" && of !== null
      ? JSON.stringify(Object.entries(of).filter(([key]) => !except.has(key)))
      : String(of);
  return kept(left) === kept(right);
}
