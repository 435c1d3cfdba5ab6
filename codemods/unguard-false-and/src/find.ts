import { disabledGuard, settleFindings, type DisabledGuard, type Finding, type Outcome } from "@ci-fix/codemod";
import { parseCondition, unrecognized } from "@ci-fix/expression";
import { unitName, type Unit, type Workflow } from "@ci-fix/workflow";
import { evidenceFor, oneLine } from "./evidence.ts";
import { meantToStayOff } from "./meant.ts";
import { editsFor } from "./plan.ts";

type Restorable = Exclude<DisabledGuard, { kind: "refused" }>;
type Skip = Extract<Outcome, { kind: "skip" }>;

/** Conditions of jobs and steps that a constant false keeps from ever being asked. */
export function findDisabledGuards(workflow: Workflow): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow)]);
}

function* judged(workflow: Workflow): IterableIterator<Finding> {
  for (const job of workflow.jobs) {
    for (const unit of [job, ...job.steps]) {
      const guard = disabledGuard(unit.condition);
      if (guard !== undefined) yield findingFor(workflow, unit, guard);
    }
  }
}

function findingFor(workflow: Workflow, unit: Unit, guard: DisabledGuard): Finding {
  const outcome = outcomeFor(workflow, unit, guard);
  const name = unitName(unit);
  const { entry, constant } = unit.condition;
  const isDead = constant === false;
  return {
    class: "disabled-guard",
    severity: "medium",
    message: isDead
      ? `${name} never runs: its condition ${guard.kind === "comment" ? "stands in the comment behind" : "is switched off by"} a constant false`
      : `a part of the condition of ${name} is switched off by a constant false`,
    why: isDead
      ? "What is skipped in every run checks nothing, and its check counts as passed."
      : "One of the cases that the condition names never comes about, and nothing in the run tells so.",
    change: outcome.kind === "skip" ? "" : changeFor(name, guard, isDead),
    at: { path: entry?.path ?? unit.path, span: entry?.span ?? { start: 0, end: 1 } },
    unit,
    evidence: evidenceFor(unit, guard),
    outcome,
  };
}

function outcomeFor(workflow: Workflow, unit: Unit, guard: DisabledGuard): Outcome {
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  if (guard.kind === "refused") return skip("not-representable", guard.message);
  const { scalar } = unit.condition;
  if (scalar === undefined || scalar.anchor !== undefined || unit.aliased)
    return skip(
      "not-representable",
      "other units share the condition by an anchor, and a change would reach them as well",
    );
  const restored = restorableSkip(unit, guard);
  if (restored !== undefined) return restored;
  return {
    kind: "fix",
    title: `restore the condition of ${unitName(unit)}`,
    safety: "review",
    effect: "restores-check",
    edits: editsFor(unit.condition, scalar, guard),
  };
}

function restorableSkip(unit: Unit, guard: Restorable): Skip | undefined {
  const { tree } = parseCondition(guard.replacement);
  const meant = meantToStayOff(unit, tree);
  if (meant !== undefined) return skip("needs-person", `it seems to be off on purpose: ${meant}`);
  const [problem] =
    tree === undefined ? [] : unrecognized(tree, unit.kind === "job" ? "job-condition" : "step-condition");
  if (problem === undefined) return undefined;
  return skip(
    "needs-person",
    `what was switched off does not fit any more: ${problem.message.charAt(0).toLowerCase()}${problem.message.slice(1)}`,
  );
}

function changeFor(name: string, guard: DisabledGuard, isDead: boolean): string {
  if (guard.kind === "refused") return "";
  const when = `\`${oneLine(guard.restored)}\``;
  return isDead ? `${capital(name)} runs again when ${when} holds.` : `${capital(name)} runs also when ${when} holds.`;
}

function skip(reason: Skip["reason"], message: string): Skip {
  return { kind: "skip", reason, message };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
