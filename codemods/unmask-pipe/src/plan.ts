import type { SkipReason } from "@ci-fix/codemod";
import { fileEdits } from "@ci-fix/judgement";
import { edited, reveals, type ScriptCommand, type ShellScript } from "@ci-fix/shell-script";
import { type Edit, type Step, workflowEdits } from "@ci-fix/workflow";

type Plan =
  | { readonly kind: "edits"; readonly edits: readonly Edit[] }
  | { readonly kind: "none"; readonly reason: SkipReason; readonly message: string };

/** How the shell of a step is told to look at the whole of a pipe, so that a failure of the command shows. */
export function planPipefail(step: Step, script: ShellScript, command: ScriptCommand): Plan {
  if (script.options.dialect === "sh") {
    return none("needs-person", "sh has no pipefail, and whether there is a bash where it runs is not known");
  }
  if (step.shell.from === "runner") {
    // Named, bash is started with `-eo pipefail`.
    const after = edited(script, [], { dialect: "bash", errexit: true, pipefail: true });
    return reveals(script, command, after)
      ? { kind: "edits", edits: workflowEdits.useShell(step, "bash") }
      : none("not-representable", "pipefail alone would not let the failure through");
  }
  const isOneLine = !script.text.trimEnd().includes("\n");
  const edits = [{ start: 0, end: 0, text: isOneLine ? "set -o pipefail; " : "set -o pipefail\n" }];
  return reveals(script, command, edited(script, edits))
    ? { kind: "edits", edits: fileEdits(step, edits) }
    : none("not-representable", "pipefail alone would not let the failure through");
}

function none(reason: SkipReason, message: string): Plan {
  return { kind: "none", reason, message };
}
