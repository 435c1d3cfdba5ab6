import type { Job, Step } from "@ci-fix/workflow";

const failing = /^(?:exit\s+[1-9]\d*|false|return\s+[1-9]\d*)\s*;?$/u;
const harmless = /^(?:#.*|echo\b[^|&;]*|printf\b[^|&;]*|set\s+[-+]\S+|:|)$/u;
const namedSo =
  /\b(?:never|must not|do not|don'?t|should not) (?:be )?run\b|\bplace ?holder\b|\bdummy\b|\b(?:always|expected to|meant to|should|must) fails?\b|\bkill ?switch\b/iu;
const advisory = /\b(?:GHSA(?:-[\da-z]{4}){3}|CVE-\d{4}-\d{4,})\b/iu;

/** Why a dead job is meant to be one; undefined if nothing says so. */
export function meantDead(job: Job): string | undefined {
  const name = namedSo.exec(`${plain(job.id)} ${job.name ?? ""}`)?.[0];
  if (name !== undefined) return `its name says "${name}"`;
  const scripts = job.steps.filter((step) => step.script !== undefined);
  if (scripts.length > 0 && scripts.length === job.steps.length && scripts.some(failsOnPurpose))
    return "all it does is to fail";
  return adviceIn(sourceOf(job.workflow.file.yaml.text, job.entry?.span, job.entry?.comments.leading[0]?.span));
}

/** Why a dead step is meant to be one; undefined if nothing says so. */
export function meantDeadStep(step: Step): string | undefined {
  const name = namedSo.exec(plain(step.label))?.[0];
  if (name !== undefined) return `its name says "${name}"`;
  if (failsOnPurpose(step)) return "all it does is to fail";
  const failingStep = failingStepOf(step.job);
  if (failingStep !== undefined) return `its job fails on purpose in step "${failingStep.label}"`;
  return adviceIn(sourceOf(step.job.workflow.file.yaml.text, step.item.span, step.item.comments.leading[0]?.span));
}

const failingSteps = new WeakMap<Job, { readonly step: Step | undefined }>();

function failingStepOf(job: Job): Step | undefined {
  let found = failingSteps.get(job);
  if (found === undefined) {
    found = { step: job.steps.find(failsOnPurpose) };
    failingSteps.set(job, found);
  }
  return found.step;
}

/** A script that fails whatever happens and does nothing else. */
function failsOnPurpose(step: Step): boolean {
  const lines = (step.script?.text ?? "").split(/\r?\n/u).map((line) => line.trim());
  return lines.some((line) => failing.test(line)) && lines.every((line) => failing.test(line) || harmless.test(line));
}

function adviceIn(source: string): string | undefined {
  const id = advisory.exec(source)?.[0];
  return id === undefined ? undefined : `it is tied to the security advisory ${id}`;
}

function sourceOf(
  text: string,
  span: { start: number; end: number } | undefined,
  leading: { start: number } | undefined,
): string {
  return span === undefined ? "" : text.slice(leading?.start ?? span.start, span.end);
}

function plain(id: string): string {
  return id.replaceAll(/[-_]+/gu, " ");
}
