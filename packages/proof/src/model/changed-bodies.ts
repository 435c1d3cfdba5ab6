import type { Job, Step, Workflow } from "@ci-fix/workflow";
import type { ScriptModel } from "../script-model.ts";
import { dataOf, jobData, mapping, type Mapping } from "./data.ts";
import { pairsOf } from "./names.ts";
import { changedJobs } from "./slice.ts";

/** What decides when units run and what their failure means, or means nothing to either. All else is what they do. */
const UNDERSTOOD = {
  workflow: new Set(["jobs", "runs", "name", "run-name", "on", "true", "concurrency", "defaults"]),
  job: new Set(["if", "continue-on-error", "needs", "name", "steps", "strategy", "outputs", "defaults"]),
  step: new Set(["if", "continue-on-error", "name", "id"]),
};

/** How many legs of a matrix run at once, and whether one that fails ends the others. */
const PACE = new Set(["fail-fast", "max-parallel"]);

/** What a script model knows of a step: what its shell runs. */
const SCRIPT = new Set(["run", "shell"]);

/** Where what `needs` holds is read by the model itself. */
const FOLLOWED = new Set(["if", "needs", "steps"]);

/**
 * Why nobody can say how something ends after a change: what it does is another thing than before, and the script model
 * does not know both. A step that does the same on both sides ends in the same way; of this one it would be no more than a guess.
 * One clause without full stop; undefined where there is no such thing.
 */
export function unknownBody(before: Workflow, after: Workflow, scripts: ScriptModel): string | undefined {
  const changed = changedJobs(before, after);
  const isRestChanged = !isSame(dataOf(before), dataOf(after), UNDERSTOOD.workflow);
  for (const old of before.jobs.filter(({ id }) => changed.has(id.toLowerCase()))) {
    const now = after.jobs.find(({ id }) => id.toLowerCase() === old.id.toLowerCase());
    const reason = now === undefined ? undefined : unknownJob(old, now, isRestChanged, scripts);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unknownJob(old: Job, now: Job, isRestChanged: boolean, scripts: ScriptModel): string | undefined {
  const [oldData, nowData] = [bodyData(old), bodyData(now)];
  const areNeedsChanged = JSON.stringify(old.needs.ids) !== JSON.stringify(now.needs.ids);
  const isGiven =
    isRestChanged ||
    !isSame(oldData, nowData, UNDERSTOOD.job) ||
    !isSame(mapping(oldData["strategy"]), mapping(nowData["strategy"]), PACE) ||
    (areNeedsChanged && readsNeeds(oldData, FOLLOWED));
  if (isGiven && old.calls !== undefined) return `what job ${old.id} is given is changed`;
  if (!tellSame(old, now, [oldData, nowData])) return `what job ${old.id} tells others is changed`;
  for (const [step, paired] of pairsOf(old, now)) {
    const [oldStep, nowStep] = [stepData(oldData, step), stepData(nowData, paired)];
    const isOther = isGiven || hasOtherFolder(step, paired) || !isSame(oldStep, nowStep, UNDERSTOOD.step, SCRIPT);
    const isScript = step.script?.text !== paired.script?.text;
    const isRun = isScript || !isSame(oldStep, nowStep, UNDERSTOOD.step) || hasOtherShell(step, paired);
    const isKnown = scripts(step) !== undefined && scripts(paired) !== undefined;
    if (isOther || (isRun && !isKnown) || (areNeedsChanged && readsNeeds(oldStep, UNDERSTOOD.step)))
      return `${isScript ? "the script of" : "what"} step "${step.label}"${isScript ? "" : " is given"} is changed, and it is not known when it fails`;
    if (isCalledOtherwise(step, paired)) return `the id of step "${step.label}" is changed, by which others read it`;
  }
  return undefined;
}

function tellSame(old: Job, now: Job, [oldData, nowData]: readonly [Mapping, Mapping]): boolean {
  if (JSON.stringify(oldData["outputs"]) === JSON.stringify(nowData["outputs"])) return true;
  const isRead = ({ readers, wholeNeedsReaders }: Job): boolean =>
    wholeNeedsReaders.length > 0 || readers.some(({ what }) => what === "outputs" || what === "all");
  return !isRead(old) && !isRead(now);
}

/** What conditions read of a step is followed; what is read elsewhere is what another one does. */
function isCalledOtherwise(step: Step, paired: Step): boolean {
  if (step.id?.toLowerCase() === paired.id?.toLowerCase()) return false;
  return [step, paired].some(({ readers }) => readers.some(({ where }) => where !== "condition"));
}

/** Defaults are for scripts alone. */
function hasOtherShell(step: Step, paired: Step): boolean {
  return step.script !== undefined && step.shell.template !== paired.shell.template;
}

function hasOtherFolder(step: Step, paired: Step): boolean {
  return step.script !== undefined && defaultFolder(step.job) !== defaultFolder(paired.job);
}

function defaultFolder(job: Job): unknown {
  const [own, all] = [bodyData(job), dataOf(job.workflow)].map(
    (data) => mapping(mapping(data["defaults"])["run"])["working-directory"],
  );
  return own ?? all;
}

/** The data of a job; of a composite action what holds its steps. */
function bodyData(job: Job): Mapping {
  return job.workflow.kind === "composite-action" ? mapping(dataOf(job.workflow)["runs"]) : jobData(job);
}

function stepData(job: Mapping, { index }: Step): Mapping {
  const steps = job["steps"];
  return mapping(Array.isArray(steps) ? steps[index] : undefined);
}

function readsNeeds(of: Mapping, ...except: readonly ReadonlySet<string>[]): boolean {
  return /\$\{\{.*needs/isu.test(textOf(of, except));
}

function isSame(left: Mapping, right: Mapping, ...except: readonly ReadonlySet<string>[]): boolean {
  return textOf(left, except) === textOf(right, except);
}

function textOf(of: Mapping, except: readonly ReadonlySet<string>[]): string {
  return JSON.stringify(Object.entries(of).filter(([key]) => !except.some((keys) => keys.has(key))));
}
