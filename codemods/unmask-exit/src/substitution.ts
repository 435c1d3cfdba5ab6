import type { Outcome } from "@ci-fix/codemod";
import { fileEdits, quoted, type ScriptRisk, type WeighedCommand } from "@ci-fix/judgement";
import { edited, masksOf, reveals, type ScriptCommand, type ScriptEdit, type ShellScript } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";

const declaring = /^(?:export|local|declare|typeset|readonly)$/u;
const printing = /^(?:echo|printf)$/u;
/** In every script with a command whose words can hide the failure of a substitution. */
export const holding: RegExp = /\b(?:export|local|declare|typeset|readonly|echo|printf)\b/u;
/** Programs that are run for an answer, and fail only where there is none. */
const answering =
  /^(?:node|python3?|ruby|jq|yq|curl|wget|aws|gcloud|az|gh|vault|kubectl|helm|terraform|cargo|go|npm|git|cat|docker|dotnet|openssl)$/u;

/** A command in `$(…)` whose failure is lost because the status of the line is that of another command. */
export function maskedSubstitution(step: Step, script: ShellScript, weighed: WeighedCommand): ScriptRisk | undefined {
  const { command } = weighed;
  const [mask, ...outer] = masksOf(script, command);
  if (mask?.kind !== "substitution" || mask.holder === undefined || outer.length > 0) return undefined;
  const holder = mask.holder;
  const isDeclaration = declaring.test(holder.words[0] ?? "");
  const { isCritical } = weighed;
  if (!isDeclaration && !(isCritical && printing.test(holder.words[0] ?? ""))) return undefined;
  if (!isCritical && !answers(command)) return undefined;
  if (!script.options.errexit || script.fateOf(command) !== "hidden") return undefined;
  const name = quoted(command.words);
  return {
    class: "masked-substitution",
    severity: "low",
    message: `\`${holder.words[0]}\` hides the failure of ${name}`,
    why: `The status of the line is that of \`${holder.words[0]}\`, which succeeds with whatever the substitution printed, or with nothing.`,
    change: `When ${name} fails, step "${step.label}" fails.`,
    at: holder.span,
    evidence: [
      isCritical
        ? `it is critical: ${weighed.judged.what}`
        : "what comes after works with an empty value when it fails",
    ],
    outcome: outcomeOf(step, script, command, { holder, isDeclaration, isCritical }),
  };
}

/** Not for what is expected to find nothing at times (`git diff`, `git grep`), and not in parts of a longer command. */
function answers({ words: [program = "", ...args] }: ScriptCommand): boolean {
  if (!answering.test(program)) return false;
  if (program === "git") return /^(?:rev-parse|describe|log|show|merge-base|ls-files)$/u.test(args[0] ?? "");
  return program !== "curl" || args.some((arg) => /^-[a-zA-Z]*f|^--fail/u.test(arg));
}

function outcomeOf(
  step: Step,
  script: ShellScript,
  command: ScriptCommand,
  { holder, isDeclaration, isCritical }: { holder: ScriptCommand; isDeclaration: boolean; isCritical: boolean },
): Outcome {
  const edits = isDeclaration ? assignFirst(script, holder) : undefined;
  if (edits === undefined)
    return skip("its output stands in the middle of a line; give it a variable of its own first");
  if (!reveals(script, command, edited(script, edits)))
    return skip("an assignment of its own would not let the failure through");
  return {
    kind: "fix",
    title: `assign ${quoted(command.words)} on a line of its own`,
    safety: isCritical ? "safe" : "review",
    effect: "reveals-failure",
    edits: fileEdits(step, edits),
  };
}

/** `export x=$(…)` becomes `x=$(…)` and `export x`; `local x=$(…)` becomes `local x` and `x=$(…)`. */
function assignFirst(script: ShellScript, holder: ScriptCommand): readonly ScriptEdit[] | undefined {
  const [keyword, ...args] = holder.node.args.length === 1 ? [holder.words[0] ?? "", holder.node.args[0]] : [];
  const [assignment] = args;
  if (keyword === undefined || assignment?.type !== "Assignment" || holder.parents[0]?.type !== "Statement")
    return undefined;
  const { start, end } = holder.span;
  const isWhole = holder.node.redirects.length === 0 && holder.node.prefix.length === 0 && assignment.end === end;
  const isOnly = script.text.slice(start, end).split("$(").length === 2;
  if (!isWhole || !isOnly || assignment.append === true || assignment.index !== undefined) return undefined;
  const between = separatorAt(script.text, start);
  const isScoped = keyword === "local" || keyword === "declare" || keyword === "typeset";
  if (isScoped) return [{ start, end: assignment.pos, text: `${keyword} ${assignment.name}${between}` }];
  return [
    { start, end: assignment.pos, text: "" },
    { start: end, end, text: `${between}${keyword} ${assignment.name}` },
  ];
}

/** A new line with the indentation of this one, where the script has lines. */
function separatorAt(text: string, at: number): string {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(lineStart, at);
  return /^[ \t]*$/u.test(before) && text.trimEnd().includes("\n") ? `\n${before}` : "; ";
}

function skip(message: string): Outcome {
  return { kind: "skip", reason: "needs-person", message };
}
