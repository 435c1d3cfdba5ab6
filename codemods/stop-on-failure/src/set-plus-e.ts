import type { Outcome } from "@ci-fix/codemod";
import { commentsAt, criticalCommands, clipped, fileEdits, quoted, reasonIn, type ScriptRisk } from "@ci-fix/judgement";
import { edited, masksOf, reveals, type ScriptCommand, type ScriptEdit, type ShellScript } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";

/** The first critical command after `set +e` whose failure is lost. */
export function afterSetPlusE(step: Step, script: ShellScript): ScriptRisk | undefined {
  const switchOff = script.commands.find(({ words }) => words[0] === "set" && /^\+[a-z]*e/u.test(words[1] ?? ""));
  if (switchOff === undefined) return undefined;
  const lost = criticalCommands(step).filter(
    ({ command }) =>
      command.span.start > switchOff.span.end &&
      masksOf(script, command).length === 0 &&
      script.fateOf(command) === "hidden",
  );
  const [first] = lost;
  if (first === undefined) return undefined;
  const name = quoted(first.command.words);
  return {
    class: "set-plus-e",
    severity: "medium",
    message: `a failure of ${name} is lost after \`${switchOff.words.join(" ")}\``,
    why: "The script goes on after the failure, and its last command decides whether the step passes.",
    change: `When ${name} fails, the script goes on, and step "${step.label}" fails at its end.`,
    at: first.command.span,
    evidence: [`it is critical: ${first.judged.what}`, "nothing in the script asks for the status"],
    outcome: outcomeOf(
      step,
      script,
      switchOff,
      lost.map(({ command }) => command),
    ),
  };
}

function outcomeOf(step: Step, script: ShellScript, switchOff: ScriptCommand, lost: readonly ScriptCommand[]): Outcome {
  const reason = commentsAt(script.text, switchOff.span).map(reasonIn).find(Boolean);
  if (reason !== undefined) return skip("documented", `a comment on it gives a reason: "${clipped(reason, 80)}"`);
  const edits = keepStatus(script, switchOff, lost);
  if (edits === undefined || !lost.every((command) => reveals(script, command, edited(script, edits), lost))) {
    return skip("not-representable", "the status cannot be kept by a line of its own here");
  }
  return {
    kind: "fix",
    title: `keep the status of ${quoted(lost[0]?.words ?? [])} and end with it`,
    safety: "review",
    effect: "reveals-failure",
    edits: fileEdits(step, edits),
  };
}

/** `rc=0` behind `set +e`, `|| rc=$?` behind each command, and `exit "$rc"` as the last line. */
function keepStatus(
  script: ShellScript,
  switchOff: ScriptCommand,
  lost: readonly ScriptCommand[],
): readonly ScriptEdit[] | undefined {
  const { text } = script;
  const end = text.trimEnd().length;
  if (/\brc\b/u.test(text) || !text.slice(0, end).includes("\n")) return undefined;
  if ([switchOff, ...lost].some(({ parents }) => parents[0]?.type !== "Statement" || parents[1]?.type !== "Script"))
    return undefined;
  const indent = /(?:^|\n)([ \t]*)$/u.exec(text.slice(0, switchOff.span.start))?.[1];
  if (indent === undefined) return undefined;
  return [
    { start: switchOff.span.end, end: switchOff.span.end, text: `\n${indent}rc=0` },
    ...lost.map(({ span }) => ({ start: span.end, end: span.end, text: " || rc=$?" })),
    { start: end, end, text: `\n${indent}exit "$rc"` },
  ];
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
