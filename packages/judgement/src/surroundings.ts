import type { Job, Step } from "@ci-fix/workflow";
import { isAdvisoryName } from "./names.ts";
import { firstAfter, once, stepsThat } from "./once.ts";

/** How many steps a sentence names. */
export const mostShown = 3;
const unreleased = /(?:^|[^a-z])(?:nightly|canary|beta|alpha|head|edge|snapshot|master|dev|rc)(?![a-z])/iu;
const toolchain =
  /(?:^|[/-])(?:setup-[\w-]+|rust-toolchain|setup-rust-toolchain|toolchain|zig|install-nightly[\w-]*)$/u;

/** Why a job works with tools that are not released yet, so that it may be red through no fault of the change. */
export const unreleasedToolchain: (job: Job) => string | undefined = once((job) => {
  for (const { action, inputs } of job.steps) {
    const name = action?.name.toLowerCase() ?? "";
    if (!toolchain.test(name)) continue;
    if (name.endsWith("rust-toolchain") && /^(?:nightly|beta)/u.test(action?.ref ?? ""))
      return `${action?.name}@${action?.ref}`;
    for (const [key, value] of inputs) {
      if (/toolchain|version|channel/u.test(key) && unreleased.test(value) && !value.includes("${{"))
        return `${key}: ${value}`;
    }
  }
  return undefined;
});

const unreleasedValue = /(?:^|[^a-z])(?:nightly|canary|alpha|beta|snapshot|experimental|preview|dev|rc\d*)(?![a-z])/iu;

/** What a leg of a job's matrix calls not released, or an experiment. Its failure may be no fault of the change; that of the other legs is. */
export function unreleasedLeg({ matrix, workflow }: Job): string | undefined {
  if (matrix === undefined) return undefined;
  const { start, end } = matrix.entry.span;
  const values = workflow.file.yaml.text.slice(start, end).split(/[\s,[\]{}'"]+/u);
  return values.find((value) => unreleasedValue.test(value) && !/[:#/$]/u.test(value));
}

/** True for jobs that say of themselves that they are not to be relied on: audits, experiments, nightly toolchains. */
export function isAdvisoryJob(job: Job): boolean {
  return isAdvisoryName(job.id) || isAdvisoryName(job.name);
}

/** True where a step runs only once something failed. */
export function runsOnFailure(step: Step): boolean {
  const { text } = step.condition.parsed;
  return (/\bfailure\s*\(\s*\)/u.test(text) && !/!\s*failure\s*\(/u.test(text)) || asksForFailed(step);
}

/** A step that failed and was not allowed to has failed its job: whoever waits for that runs in a red one. */
function asksForFailed({ condition: { parsed }, job }: Step): boolean {
  const id = /\bsteps\.([\w-]+)\.(?:outcome|conclusion)\s*==\s*'failure'/iu.exec(parsed.text)?.[1]?.toLowerCase();
  if (id === undefined || /\|\||!\s*\(/u.test(parsed.text)) return false;
  return job.steps.some((step) => step.id?.toLowerCase() === id && step.softFail.kind === "absent");
}

/** True where a step runs whatever happened before it. */
export function runsAnyway({ condition }: Step): boolean {
  return /\balways\s*\(\s*\)|!\s*cancelled\s*\(\s*\)/u.test(condition.parsed.text);
}

/** True for a step that is skipped once an earlier one of its job failed for real. */
export function isStoppedByFailure({ condition }: Step): boolean {
  return condition.implicitSuccess || condition.entry === undefined;
}

const stopping = stepsThat(isStoppedByFailure);

/** Later steps of the job that are skipped once this one fails for real: the first few, without `except`, and how many. */
export function skippedAfterwards(
  step: Step,
  except: Step | undefined,
): { readonly first: readonly Step[]; readonly count: number } {
  const steps = stopping(step.job);
  const start = firstAfter(steps, step);
  const near = steps.slice(start, start + mostShown + 1);
  const first = near.filter((next) => next !== except);
  const count = steps.length - start - (near.length - first.length);
  return { first: first.slice(0, mostShown), count };
}
