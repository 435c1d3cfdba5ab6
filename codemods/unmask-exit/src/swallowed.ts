import type { Outcome } from "@ci-fix/codemod";
import {
  clipped,
  commentsAt,
  criticalCommands,
  fileEdits,
  mayBeDoneAlready,
  quoted,
  reasonIn,
  runsAnyway,
  type ScriptRisk,
  type WeighedCommand,
} from "@ci-fix/judgement";
import { edited, type Mask, masksOf, reveals, type ScriptEdit, type ShellScript } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";
import { laterReader, wantsOutput } from "./outputs.ts";

type Fallback = Extract<Mask, { kind: "fallback" }>;

/** What `|| true` and its like hide of a critical command; undefined where nothing is hidden, or where something deals with the failure. */
export function swallowedExit(step: Step, script: ShellScript, weighed: WeighedCommand): ScriptRisk | undefined {
  const { command } = weighed;
  const masks = masksOf(script, command);
  const fallback = masks.find((mask) => mask.kind === "fallback");
  if (fallback === undefined || !onlySwallows(script, fallback)) return undefined;
  // A substitution is run for what it prints, and a condition asks for the failure.
  if (masks.some(({ kind }) => kind === "substitution" || kind === "condition" || kind === "negation"))
    return undefined;
  if (!weighed.isCritical || runsAnyway(step) || script.fateOf(command) !== "hidden") return undefined;
  const name = quoted(command.words);
  const suffix = suffixOf(script, fallback);
  return {
    class: "swallowed-exit",
    severity: "high",
    message: `\`${suffix}\` swallows the failure of ${name}`,
    why: "Whatever the command finds, the step passes and the run stays green.",
    change: `When ${name} fails, step "${step.label}" fails.`,
    at: fallback.span,
    evidence: [`it is critical: ${weighed.judged.what}`],
    outcome: outcomeOf(step, script, weighed, fallback),
  };
}

const swallowing = /^(?:true|:|echo|printf|exit|return)$/u;
const keepsTheResult = /GITHUB_(?:OUTPUT|ENV|STATE)|set-output|set-env|\$\?|\w=/u;

/** `|| true`, `|| echo …`, `|| exit 0`, or a group of them; what sets a mark for later does more. */
function onlySwallows(script: ShellScript, { handler, handlers }: Fallback): boolean {
  if (handlers.length === 0 || keepsTheResult.test(script.text.slice(handler.start, handler.end))) return false;
  return handlers.every(({ words: [program = "", first] }) => {
    if (!swallowing.test(program)) return false;
    return !/^(?:exit|return)$/u.test(program) || first === "0";
  });
}

function suffixOf(script: ShellScript, { operand, handler }: Fallback): string {
  const text = script.text
    .slice(operand.end, handler.end)
    .replace(/\\\r?\n/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return text.length <= 40 ? text : `${text.slice(0, 39).trimEnd()}…`;
}

function outcomeOf(step: Step, script: ShellScript, weighed: WeighedCommand, fallback: Fallback): Outcome {
  const { command, judged } = weighed;
  const said = [...commentsAt(script.text, fallback.span), ...messagesOf(fallback)];
  const reason = said.map(reasonIn).find(Boolean);
  if (reason !== undefined)
    return skip("documented", `a reason is written: "${clipped(reason.replace(/\s+/gu, " "), 80)}"`);
  if (mayBeDoneAlready(judged))
    return skip(
      "needs-person",
      `${judged.what} fails where it was made before, and that may be what is tolerated here`,
    );
  const again = triedAgain(step, script, weighed);
  if (again !== undefined) return skip("retried", `${quoted(again.command.words)} runs it again, and is not hidden`);
  const reader = laterReader(step, script, command);
  if (reader !== undefined) return skip("handled", reader);
  if (wantsOutput(command))
    return skip("needs-person", "it is run to write a report, and who reads that is not in this job");
  const tolerated = toleratedCode(command.words[0] ?? "", said);
  const edit = tolerated === undefined ? dropSuffix(fallback) : narrow(fallback, tolerated);
  if (!shows(script, weighed, edit))
    return skip("not-representable", "dropping it alone would not let the failure through");
  return {
    kind: "fix",
    title: tolerated === undefined ? `drop \`${suffixOf(script, fallback)}\`` : `tolerate exit code ${tolerated} only`,
    safety: "review",
    effect: "reveals-failure",
    edits: fileEdits(step, [edit]),
  };
}

/** What the handler prints. */
function messagesOf({ handlers }: Fallback): readonly string[] {
  return handlers.map(({ words }) =>
    words
      .slice(1)
      .join(" ")
      .replace(/^::\w+[^:]*::/u, ""),
  );
}

function dropSuffix({ operand, handler }: Fallback): ScriptEdit {
  return { start: operand.end, end: handler.end, text: "" };
}

/** The handler becomes a test of the one status that is meant, so that any other one shows. */
function narrow({ handler }: Fallback, code: number): ScriptEdit {
  return { ...handler, text: `[ $? -eq ${code} ]` };
}

/** pytest ends with 5 where it finds no test, and says so by no other means. */
function toleratedCode(program: string, said: readonly string[]): number | undefined {
  return program.endsWith("pytest") && said.some((text) => /\bno tests?\b/iu.test(text)) ? 5 : undefined;
}

/** With the edit the failure shows, or only a pipe is left that hides it, which is a risk of its own. */
function shows(script: ShellScript, { command }: WeighedCommand, edit: ScriptEdit): boolean {
  if (reveals(script, command, edited(script, [edit]))) return true;
  return reveals(script, command, edited(script, [edit], { ...script.options, pipefail: true }));
}

function triedAgain(step: Step, script: ShellScript, { command }: WeighedCommand): WeighedCommand | undefined {
  const program = command.words[0];
  return criticalCommands(step).find(
    (other) =>
      other.command.span.start > command.span.end &&
      other.command.words[0] === program &&
      isRepeat(command.words, other.command.words) &&
      script.fateOf(other.command) === "shown",
  );
}

/** The same words but for options. */
function isRepeat(one: readonly string[], other: readonly string[]): boolean {
  const plain = (words: readonly string[]): string => words.filter((word) => !word.startsWith("-")).join(" ");
  return plain(one) === plain(other);
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
