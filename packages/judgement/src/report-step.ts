import type { Step } from "@ci-fix/workflow";
import { kindOfStep } from "./step-kind.ts";

const reporter =
  /^actions\/upload-artifact$|test-reporter|publish-unit-test-result|action-junit-report|test-report|test-results-action/u;
const results = /\b(?:tests?|results?|reports?|junit|logs?|screenshots?|traces?|videos?|playwright-report)\b/iu;

/**
 * The step that hands the results of a test step on, if it is certain which one: it comes right after, has no condition of
 * its own, and what it hands on is named like results. It ran after a failure while that was soft, and is wanted most then.
 */
export function reportOf(step: Step): Step | undefined {
  const next = step.job.steps[step.index + 1];
  if (next?.action === undefined || next.condition.entry !== undefined || next.aliased) return undefined;
  if (kindOfStep(step).what !== "tests" || !reporter.test(next.action.name.toLowerCase())) return undefined;
  const about = [next.name ?? "", next.inputs.get("name") ?? "", next.inputs.get("path") ?? ""];
  return about.some((text) => results.test(text.replace(/[_./-]/gu, " "))) ? next : undefined;
}
