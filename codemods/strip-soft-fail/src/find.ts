import { settleFindings, type Finding, type Policy } from "@ci-fix/codemod";
import { judgeJob, judgeStep, misreadValue, skip, type Verdict } from "@ci-fix/judgement";
import { eachStep, type SoftFail, type Unit, type Workflow } from "@ci-fix/workflow";
import { outcomeOf } from "./outcome.ts";
import { changeOf, messageOf, whyOf } from "./wording.ts";

/** Every soft-fail of a workflow with what to do about it, in file order. One that is off (`false`) is no finding. */
export function findSoftFails(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): Iterable<Finding> {
  for (const job of workflow.jobs) {
    if (isOn(job.softFail))
      yield findingOf(
        job,
        job.softFail,
        verdictOn(job, workflow, () => judgeJob(job, policy)),
      );
  }
  for (const step of eachStep(workflow)) {
    if (isOn(step.softFail))
      yield findingOf(
        step,
        step.softFail,
        verdictOn(step, workflow, () => judgeStep(step, policy)),
      );
  }
}

type Present = Exclude<SoftFail, { kind: "absent" }>;

function isOn(softFail: SoftFail): softFail is Present {
  if (softFail.kind === "absent") return false;
  return softFail.kind === "literal" ? softFail.value : softFail.constant !== false;
}

function verdictOn(unit: Unit, workflow: Workflow, judge: () => Verdict): Verdict {
  if (workflow.generated !== undefined) {
    return skip("generated", `the file is generated (${workflow.generated}): a change belongs into what generates it`);
  }
  const value = misreadValue(unit);
  if (value !== undefined)
    return skip("not-representable", `\`${value}\` is not a boolean for GitHub Actions, which refuses the file`);
  const verdict = judge();
  if (verdict.kind === "skip" || !unit.aliased) return verdict;
  return skip(
    "not-representable",
    "its text stands elsewhere, behind an alias: a change would reach other units as well",
  );
}

function findingOf(unit: Unit, { entry }: Present, verdict: Verdict): Finding {
  return {
    class: unit.kind === "job" ? "soft-fail-job" : "soft-fail-step",
    severity: verdict.kind === "fix" ? verdict.severity : "low",
    message: messageOf(unit),
    why: whyOf(unit),
    change: changeOf(unit, verdict),
    at: { path: entry.path, span: entry.span },
    unit,
    evidence: verdict.evidence,
    outcome: outcomeOf(unit, verdict),
  };
}
