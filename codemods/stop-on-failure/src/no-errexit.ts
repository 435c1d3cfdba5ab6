import type { Outcome } from "@ci-fix/codemod";
import { criticalCommands, fileEdits, quoted, type ScriptRisk } from "@ci-fix/judgement";
import { edited, masksOf, reveals, type ShellScript } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";

/** The first critical command that a shell without errexit goes on after. */
export function withoutErrexit(step: Step, script: ShellScript): ScriptRisk | undefined {
  if (/\bset -[a-z]*e|\bset -o errexit|\bexec\b/u.test(script.text)) return undefined;
  const first = criticalCommands(step).find(
    ({ command }) => masksOf(script, command).length === 0 && script.fateOf(command) === "hidden",
  );
  if (first === undefined) return undefined;
  const name = quoted(first.command.words);
  return {
    class: "no-errexit",
    severity: "high",
    message: `the shell goes on after a failure of ${name}`,
    why: `The shell \`${step.shell.template}\` does not stop at errors: its last command alone decides whether the step passes.`,
    change: `When a command of step "${step.label}" fails, the script stops there and the step fails.`,
    at: first.command.span,
    evidence: [`it is critical: ${first.judged.what}`, `the shell is \`${step.shell.template}\`, without -e`],
    outcome: outcomeOf(step, script, first.command),
  };
}

function outcomeOf(step: Step, script: ShellScript, command: Parameters<typeof reveals>[1]): Outcome {
  const isOneLine = !script.text.trimEnd().includes("\n");
  const edits = [{ start: 0, end: 0, text: isOneLine ? "set -e; " : "set -e\n" }];
  if (!reveals(script, command, edited(script, edits))) {
    return { kind: "skip", reason: "not-representable", message: "`set -e` alone would not let the failure through" };
  }
  return {
    kind: "fix",
    title: "stop at the first failure",
    safety: "review",
    effect: "reveals-failure",
    edits: fileEdits(step, edits),
  };
}
