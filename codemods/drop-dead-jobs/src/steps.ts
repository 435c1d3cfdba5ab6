import type { Finding, Outcome, Policy } from "@ci-fix/codemod";
import { unitName, workflowEdits, type Job, type Step } from "@ci-fix/workflow";
import { neverRuns } from "./fate.ts";
import type { Refusal } from "./live.ts";
import { meantDeadStep } from "./meant.ts";
import { conditionText, noteFor } from "./note.ts";
import { changeOf, deletion, generatedRefusal, placeOf } from "./outcome.ts";
import { reasonOf, waits, whatItWaitsFor } from "./reason.ts";

/** The finding for a step that can never run. */
export function* findDeadStep(step: Step, policy: Policy): IterableIterator<Finding> {
  // A step behind an alias is found where it is written.
  if (!neverRuns(step.condition) || step.aliased) return;
  const outcome = outcomeFor(step, policy);
  const reason = reasonOf(step);
  yield {
    class: "dead-step",
    severity: "medium",
    message: `${unitName(step)} can never run: \`${conditionText(step)}\` is never true`,
    why: "A step that never runs does nothing, but its job stays green as if it had done its work.",
    change: changeOf(outcome, `${capital(unitName(step))} was skipped in every run, so no run changes.`),
    at: placeOf(step),
    unit: step,
    evidence: [
      `\`${conditionText(step)}\` is false whatever happens`,
      ...(reason === undefined ? [] : [`its comment says "${reason}"`]),
    ],
    outcome,
  };
}

function outcomeFor(step: Step, policy: Policy): Outcome {
  const refusal = generatedRefusal(step.job.workflow) ?? stepRefusal(step);
  if (refusal !== undefined) return { kind: "skip", ...refusal };
  const edits = workflowEdits.removeUnit(step, noteFor([step], [step], policy));
  return deletion(`delete ${unitName(step)}, leaving a note`, edits);
}

function stepRefusal(step: Step): Refusal | undefined {
  const meant = meantDeadStep(step);
  if (meant !== undefined) return { reason: "meant-to-fail", message: `it is meant not to run: ${meant}` };
  if (waits(step)) return { reason: "needs-person", message: `it ${whatItWaitsFor(step)}` };
  if (hasNoLiveStep(step.job)) {
    return { reason: "last-unit", message: "its job has no step that runs: without it the job would be empty" };
  }
  const reader = step.readers.find((each) => each.step === undefined || !neverRuns(each.step.condition));
  if (reader === undefined) return undefined;
  const by = unitName(reader.step ?? reader.job);
  return reader.text.includes(step.id ?? "")
    ? { reason: "read-elsewhere", message: `${by} reads its result or outputs` }
    : { reason: "positional-reader", message: `${by} reads the results of all steps` };
}

const emptied = new WeakMap<Job, boolean>();

function hasNoLiveStep(job: Job): boolean {
  let answer = emptied.get(job);
  if (answer === undefined) {
    answer = job.steps.every((step) => neverRuns(step.condition));
    emptied.set(job, answer);
  }
  return answer;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
