import { settleFindings, type Finding, type Policy } from "@ci-fix/codemod";
import { scriptFinding, type ScriptRisk, standingOf } from "@ci-fix/judgement";
import { shellScriptOf } from "@ci-fix/shell-script";
import { eachStep, type Step, type Workflow } from "@ci-fix/workflow";
import { overwrittenCodes } from "./line-shells.ts";
import { withoutErrexit } from "./no-errexit.ts";
import { afterSetPlusE } from "./set-plus-e.ts";

/** Critical commands after whose failure a script goes on, so that the last command alone decides. */
export function find(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): IterableIterator<Finding> {
  for (const step of eachStep(workflow)) {
    const risk = riskOf(step);
    const standing = risk === undefined ? undefined : standingOf(step, policy);
    if (risk !== undefined && standing !== undefined && standing.kind !== "out")
      yield scriptFinding(step, risk, standing);
  }
}

function riskOf(step: Step): ScriptRisk | undefined {
  if (step.script === undefined) return undefined;
  const { name } = step.shell;
  if (name === "pwsh" || name === "powershell" || name === "cmd") return overwrittenCodes(step, step.script.text);
  if (step.shell.errexit && !switchesOff.test(step.script.text)) return undefined;
  const script = readsStatus(step.script.text) ? undefined : shellScriptOf(step);
  if (script === undefined) return undefined;
  return script.options.errexit ? afterSetPlusE(step, script) : withoutErrexit(step, script);
}

/** Without it, a script that starts with errexit keeps it. */
const switchesOff = /\bset\b[^\n]*\+|\bset[ \t]*\\/u;

/** Whoever asks for the status of a command knows that the script goes on. */
function readsStatus(text: string): boolean {
  return /\$\?|PIPESTATUS|pipestatus|\$\{\?\}/u.test(text);
}
