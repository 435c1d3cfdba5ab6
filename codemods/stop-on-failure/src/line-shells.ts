import { fileEdits, judgedCall, quoted, type ScriptRisk } from "@ci-fix/judgement";
import { isOverwritten, type LineCommand, lineCommands } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";

const shells = {
  pwsh: {
    class: "pwsh-native-exit",
    check: "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    why: "PowerShell does not stop when a program fails, and the step ends with the exit code of the last one.",
  },
  cmd: {
    class: "no-errexit",
    check: "if %errorlevel% neq 0 exit /b %errorlevel%",
    why: "The shell cmd does not stop when a program fails, and the step ends with the exit code of the last one.",
  },
} as const;

/** The critical programs of a PowerShell or cmd script whose exit code a later program replaces. */
export function overwrittenCodes(step: Step, text: string): ScriptRisk | undefined {
  const shell = step.shell.name === "cmd" ? "cmd" : "pwsh";
  const commands = lineCommands(text, shell);
  const lost = (commands ?? []).filter(
    (command) => isOverwritten(commands ?? [], command) && isCritical(step, command),
  );
  const [first] = lost;
  if (first === undefined) return undefined;
  const { check, why, class: risk } = shells[shell];
  const name = quoted(first.words);
  return {
    class: risk,
    severity: "high",
    message: `the exit code of ${name} is replaced by that of a later program`,
    why,
    change: `When ${name} fails, the script stops there and step "${step.label}" fails.`,
    at: first.span,
    evidence: [
      `it is critical: ${judgedCall(first.words, step.job.workflow.repository, step.folder).what}`,
      ...lost.slice(1).map(({ words }) => `the same goes for ${quoted(words)}`),
    ],
    outcome: {
      kind: "fix",
      title: `check the exit code of ${lost.length === 1 ? name : `${lost.length} programs`}`,
      safety: "review",
      effect: "reveals-failure",
      edits: fileEdits(
        step,
        lost.map(({ lineEnd, indent }) => ({ start: lineEnd, end: lineEnd, text: `\n${indent}${check}` })),
      ),
    },
  };
}

function isCritical(step: Step, { words }: LineCommand): boolean {
  return judgedCall(words, step.job.workflow.repository, step.folder).kind === "critical";
}
