import type { Step } from "@ci-fix/workflow";

/** The step that says of itself that it does the same once more: the last attempt decides. One that asks for the result is a handler. */
export function retryOf(step: Step): Step | undefined {
  return step.job.steps.slice(step.index + 1, step.index + 4).find((next) => saysAgain(next) && isRepeat(step, next));
}

/** True when `next` does what `step` does. */
export function isRepeat(step: Step, next: Step): boolean {
  if (step.script !== undefined)
    return next.script !== undefined && plain(next.script.text) === plain(step.script.text);
  if (step.action === undefined || step.action.name !== next.action?.name) return false;
  return saysAgain(next) || [...step.inputs].every(([key, value]) => next.inputs.get(key) === value);
}

function saysAgain(next: Step): boolean {
  return /\b(?:retry|retries|re-?try|again|once more|(?:second|third|last) (?:try|attempt)|attempt|fall-?back)\b/iu.test(
    `${next.name ?? ""} ${next.id ?? ""}`,
  );
}

function plain(script: string): string {
  return script.replace(/\s+/gu, " ").trim();
}
