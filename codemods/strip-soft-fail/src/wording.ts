import { clipped, misreadValue, type Verdict } from "@ci-fix/judgement";
import type { Unit } from "@ci-fix/workflow";

/** `step "Run tests"`, `job unit`. */
export function nameOf(unit: Unit): string {
  return unit.kind === "job" ? `job ${unit.id}` : `step "${clipped(unit.label, 60)}"`;
}

export function messageOf(unit: Unit): string {
  const value = misreadValue(unit);
  if (value !== undefined) return `the soft-fail of ${nameOf(unit)} is \`${value}\`, which is no boolean`;
  return `${nameOf(unit)} may fail and the run stays green`;
}

export function whyOf(unit: Unit): string {
  if (misreadValue(unit) !== undefined)
    return "GitHub Actions takes `true`, `false` or an expression there, and refuses the whole file: none of its jobs runs.";
  if (unit.kind === "job")
    return "When the job fails, the run is green all the same, and the jobs that need it go on as if it had passed.";
  return "A failure of the step counts as success: neither its job nor the run shows it.";
}

/** What a run does differently. */
export function changeOf(unit: Unit, { kind }: Verdict): string {
  if (kind === "skip") return "";
  if (kind === "document") return "A run does what it did; the reason stands where a reader of the setting sees it.";
  return unit.kind === "job" ? changeOfJob(unit) : changeOfStep(unit);
}

function changeOfJob({ id, matrix, dependents }: Extract<Unit, { kind: "job" }>): string {
  const needed =
    dependents.length === 0 ? "" : `, and what needs it (${dependents.map((job) => job.id).join(", ")}) is skipped`;
  const legs = matrix === undefined ? "" : "; its other legs still run to their end";
  return `When job ${id} fails, the run fails${needed}${legs}.`;
}

function changeOfStep(step: Extract<Unit, { kind: "step" }>): string {
  const { job } = step;
  if (job.id === "") return `When ${nameOf(step)} fails, the action fails.`;
  if (job.softFail.kind !== "absent")
    return `When ${nameOf(step)} fails, job ${job.id} fails; the run stays green for as long as the job may fail, too.`;
  return `When ${nameOf(step)} fails, job ${job.id} fails and the run is red.`;
}
