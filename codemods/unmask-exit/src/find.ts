import { settleFindings, type Finding, type Policy } from "@ci-fix/codemod";
import { scriptFinding, type ScriptRisk, standingOf, weighedCommands } from "@ci-fix/judgement";
import { shellScriptOf } from "@ci-fix/shell-script";
import { eachStep, type Step, type Workflow } from "@ci-fix/workflow";
import { holding, maskedSubstitution } from "./substitution.ts";
import { swallowedExit } from "./swallowed.ts";

/** Commands whose failure a suffix swallows, or that fail inside the words of another command. */
export function find(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): IterableIterator<Finding> {
  for (const step of eachStep(workflow)) {
    const risks = [...risksOf(step)];
    const standing = risks.length === 0 ? undefined : standingOf(step, policy);
    if (standing === undefined || standing.kind === "out") continue;
    for (const risk of risks) yield scriptFinding(step, risk, standing);
  }
}

function* risksOf(step: Step): IterableIterator<ScriptRisk> {
  const text = step.script?.text ?? "";
  const [mayFallBack, maySubstitute] = [text.includes("||"), text.includes("$(") && holding.test(text)];
  const script = mayFallBack || maySubstitute ? shellScriptOf(step) : undefined;
  if (script === undefined) return;
  const seen = new Set<number>();
  for (const weighed of mayFallBack ? weighedCommands(step) : []) {
    const risk = swallowedExit(step, script, weighed);
    if (risk === undefined || seen.has(risk.at.start)) continue;
    seen.add(risk.at.start);
    yield risk;
  }
  for (const weighed of maySubstitute ? weighedCommands(step) : []) {
    const risk = maskedSubstitution(step, script, weighed);
    if (risk !== undefined) yield risk;
  }
}
