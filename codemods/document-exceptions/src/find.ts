import { settleFindings, type Finding, type Outcome, type Policy } from "@ci-fix/codemod";
import { clipped, judgeJob, judgeStep, misreadValue, remarksOn, type Verdict } from "@ci-fix/judgement";
import { unitName, type SoftFail, type Unit, type Workflow } from "@ci-fix/workflow";

type Present = Exclude<SoftFail, { kind: "absent" }>;
type Kept = Extract<Verdict, { kind: "skip" }>;

/** Soft-fails that are kept because of what they are for, or where they apply, while nothing beside them says so. */
export function findUndocumented(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): Iterable<Finding> {
  for (const job of workflow.jobs) {
    for (const unit of [job, ...job.steps]) {
      const { softFail } = unit;
      if (softFail.kind === "absent" || !isOn(softFail) || misreadValue(unit) !== undefined) continue;
      const verdict = unit.kind === "job" ? judgeJob(unit, policy) : judgeStep(unit, policy);
      if (verdict.kind === "skip" && wantsReason(verdict, softFail) && isUnsaid(unit))
        yield findingFor(unit, softFail, verdict, workflow, policy);
    }
  }
}

function isOn(softFail: Present): boolean {
  return softFail.kind === "literal" ? softFail.value : softFail.constant !== false;
}

/** An upload or a cache explains itself; an audit that nobody has to heed does not. */
function wantsReason({ reason }: Kept, { kind }: Present): boolean {
  // A matrix that nobody sees is no reason for a soft-fail that is written out: what to write there only its author knows.
  return reason === "advisory" || (reason === "varies" && kind !== "literal");
}

function isUnsaid(unit: Unit): boolean {
  const { reason, intent, debt } = remarksOn(unit);
  return reason === undefined && intent === undefined && debt === undefined;
}

function findingFor(unit: Unit, { entry }: Present, verdict: Kept, workflow: Workflow, policy: Policy): Finding {
  const name = unitName(unit);
  const outcome = outcomeFor(unit, entry.path, verdict, workflow, policy);
  return {
    class: "undocumented-exception",
    severity: "low",
    message: `the soft-fail of ${name} does not say why it is there`,
    why: "An exception that nobody explains is copied, outlives its reason, and cannot be told from a mistake.",
    change:
      outcome.kind === "skip" ? "" : "A run does what it did; the reason stands where a reader of the setting sees it.",
    at: { path: entry.path, span: entry.span },
    unit,
    evidence: [verdict.message],
    outcome,
  };
}

function outcomeFor(
  unit: Unit,
  path: Present["entry"]["path"],
  verdict: Kept,
  workflow: Workflow,
  policy: Policy,
): Outcome {
  if (workflow.generated !== undefined)
    return {
      kind: "skip",
      reason: "generated",
      message: `the file is generated (${workflow.generated}): change it there`,
    };
  if (unit.aliased)
    return { kind: "skip", reason: "not-representable", message: "its text stands elsewhere, behind an alias" };
  const lines = [
    `Best-effort ${unit.kind}: ${clipped(verdict.message.replaceAll(/[\p{Cc}\s]+/gu, " "), 110)}.`,
    `Its failure should not block CI; looked at in ${policy.milestone} (${policy.date}).`,
  ];
  return {
    kind: "document",
    title: `write the reason for the soft-fail of ${unitName(unit)} above it`,
    safety: "safe",
    effect: "documents",
    edits: [{ kind: "comment-above", path, lines }],
  };
}
