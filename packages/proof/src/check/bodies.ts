import type { Job, Step, Workflow } from "@ci-fix/workflow";
import type { ScriptModel } from "../script-model.ts";
import { at, fileData, jobData } from "./matrices.ts";

/** Keys that are played; what stands under any other is what a unit does, and no play tells how that ends. */
const played = {
  file: ["jobs", "runs", "name", "run-name", "on", "true", "concurrency", "defaults"],
  job: ["if", "continue-on-error", "needs", "name", "steps", "strategy", "outputs", "defaults"],
  step: ["if", "continue-on-error", "name", "id"],
};

/** What of a change no play can judge: units that do another thing than before. A certificate that claims something of it is wrong. */
export function unplayable(old: Workflow, now: Workflow, scripts: ScriptModel): string[] {
  const problems: string[] = [];
  const [before, after] = [fileData(old), fileData(now)];
  const isFileOther = rest(before, played.file) !== rest(after, played.file);
  for (const job of old.jobs) {
    const same = now.jobs.find(({ id }) => id.toLowerCase() === job.id.toLowerCase());
    if (same !== undefined) problems.push(...jobProblems(job, same, isFileOther, scripts));
  }
  return problems;
}

/** What may keep from coming about what was there to be seen before: no play shows it, and who says that nothing is lost is wrong. */
export function unseen(old: Workflow, now: Workflow): string[] {
  const [before, after] = [fileData(old), fileData(now)];
  const lost = Object.entries(events(before)).filter(([event, filters]) => events(after)[event] !== filters);
  const problems = lost.map(([event]) => `${event} does not start it as before`);
  if (rest(at(before, "concurrency"), []) !== rest(at(after, "concurrency"), [])) problems.push("runs end each other");
  for (const job of old.jobs.filter(({ matrix }) => matrix !== undefined)) {
    const same = now.jobs.filter(({ id }) => id.toLowerCase() === job.id.toLowerCase());
    const [went, goes = went] = [job, ...same].map((side) => at(at(jobData(side), "strategy"), "fail-fast") ?? true);
    if (went !== goes && goes !== false) problems.push(`legs of ${job.id} can end each other`);
  }
  return problems;
}

function events(data: unknown): Readonly<Record<string, string>> {
  const on = at(data, "on") ?? at(data, "true");
  const names = typeof on === "string" ? [on] : Array.isArray(on) ? on.map(String) : undefined;
  const entries =
    names?.map((name) => [name, null] as const) ?? Object.entries((on ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.map(([name, filters]) => [name, JSON.stringify(filters ?? null)] as const));
}

function jobProblems(job: Job, same: Job, isFileOther: boolean, scripts: ScriptModel): string[] {
  const [before, after] = [job, same].map((side) => holderOf(side));
  const strategies = [before, after].map((data) => rest(at(data, "strategy") ?? {}, ["fail-fast", "max-parallel"]));
  const needs = job.needs.ids.join(",") === same.needs.ids.join(",") ? undefined : /\$\{\{.*needs/isu;
  const isOther =
    isFileOther ||
    rest(before, played.job) !== rest(after, played.job) ||
    strategies[0] !== strategies[1] ||
    needs?.test(rest(before, ["if", "needs", "steps"])) === true;
  const problems = isOther && job.calls !== undefined ? [`${job.id} calls something else`] : [];
  if (rest(at(before, "outputs"), []) !== rest(at(after, "outputs"), []) && [job, same].some(isHeard))
    problems.push(`${job.id} has other outputs`);
  const isNumbered = job.steps.length === same.steps.length;
  const named = (steps: readonly Step[], step: Step): number =>
    steps.slice(0, step.index).filter(({ label }) => label === step.label).length;
  for (const step of job.steps) {
    const twin = isNumbered
      ? same.steps[step.index]
      : same.steps.find((each) => each.label === step.label && named(same.steps, each) === named(job.steps, step));
    if (twin === undefined) continue;
    const texts = [at(before, "steps"), at(after, "steps")];
    const [data, twinData] = [at(texts[0], String(step.index)), at(texts[1], String(twin.index))];
    const known = scripts(step) !== undefined && scripts(twin) !== undefined ? ["run", "shell"] : [];
    const isStepOther =
      isOther ||
      rest(data, [...played.step, ...known]) !== rest(twinData, [...played.step, ...known]) ||
      (step.script !== undefined && setting(step, known) !== setting(twin, known)) ||
      needs?.test(rest(data, played.step)) === true ||
      (step.id?.toLowerCase() !== twin.id?.toLowerCase() && [step, twin].some(isAsked));
    if (isStepOther) problems.push(`step "${step.label}" does something else`);
  }
  return problems;
}

/** Where and by what a script is run. */
function setting({ shell, job }: Step, known: readonly string[]): string {
  const folder = [holderOf(job), fileData(job.workflow)].map((data) =>
    at(at(at(data, "defaults"), "run"), "working-directory"),
  );
  return JSON.stringify([folder[0] ?? folder[1], known.length > 0 ? "" : shell.template]);
}

function isHeard({ readers, wholeNeedsReaders }: Job): boolean {
  return wholeNeedsReaders.length > 0 || readers.some(({ what }) => what === "outputs" || what === "all");
}

function isAsked({ readers }: Step): boolean {
  return readers.some(({ where }) => where !== "condition");
}

function holderOf(job: Job): unknown {
  return job.workflow.kind === "composite-action" ? at(fileData(job.workflow), "runs") : jobData(job);
}

/** What stands under all other keys, as text. */
function rest(of: unknown, keys: readonly string[]): string {
  if (typeof of !== "object" || of === null) return JSON.stringify(of) ?? "";
  return JSON.stringify(Object.entries(of).filter(([key]) => !keys.includes(key)));
}
