import type { SoftFail } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import type { JobEnd } from "../model/job-walk.ts";
import type { StepEnd } from "../model/step-walk.ts";
import type { Sides } from "./sides.ts";

/** Why a fix turns nothing red. One sentence without full stop. */
export function whyNoBite(sides: Sides): string {
  const reasons = new Set<string>();
  for (const [id, old] of sides.before.ends) {
    const now = sides.after.ends.get(id);
    if (now === undefined) reasons.add(`job ${id} could never run`);
    else for (const reason of ofJob(sides, old, now)) reasons.add(reason);
  }
  if (reasons.size > 0) return [...reasons].join("; ");
  return sides.observables.every(({ before, after }) => before === after)
    ? "nothing that decides a result is changed"
    : "whatever turns red was red before, or is forgiven elsewhere";
}

function* ofJob({ world }: Sides, old: JobEnd, now: JobEnd): IterableIterator<string> {
  const { logic } = world;
  const { id } = now.job;
  if (changed(old.job.softFail, now.job.softFail)) {
    if (old.soft === logic.no) yield `job ${id} was soft-failed in no case: its continue-on-error is never true`;
    else if (now.runs === logic.no) yield `job ${id} never runs`;
  }
  const before = new Map(old.steps.map((step) => [step.name, step]));
  for (const step of now.steps) {
    const earlier = before.get(step.name);
    if (earlier === undefined || !changed(earlier.step.softFail, step.step.softFail)) continue;
    const reason = ofStep(earlier, step, logic.no, logic.and(step.runs, logic.not(step.afterFailure)));
    if (reason !== undefined) yield `step "${step.step.label}" ${reason}`;
  }
  for (const step of old.steps) {
    if (!now.steps.some(({ name }) => name === step.name) && step.runs === logic.no)
      yield `step "${step.step.label}" could never run`;
  }
}

function ofStep(earlier: StepEnd, step: StepEnd, no: Diagram, runsUnfailed: Diagram): string | undefined {
  if (step.runs === no) return "never runs";
  if (earlier.soft === no) return "was soft-failed in no case: its continue-on-error is never true";
  return runsUnfailed === no ? "only runs after a failure, when the job is red already" : undefined;
}

function changed(old: SoftFail, now: SoftFail): boolean {
  return textOf(old) !== textOf(now);
}

function textOf(softFail: SoftFail): string {
  if (softFail.kind === "expression") return softFail.text;
  return softFail.kind === "literal" ? String(softFail.value) : "";
}
