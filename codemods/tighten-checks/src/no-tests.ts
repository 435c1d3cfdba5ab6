import { quoted, type WeighedCommand } from "@ci-fix/judgement";
import type { Step } from "@ci-fix/workflow";
import { dropWords, insertAfter, programIndex, type Slack } from "./slack.ts";

const why = "A typo in a path or a pattern, or files that were moved, leave nothing to run, and nothing fails.";
const dropped = /^--(?:passWithNoTests|pass-with-no-tests)(?:=true)?$/u;

/** A run of tests that passes although it finds none. */
export function noTestsPass(step: Step, weighed: WeighedCommand): Slack | undefined {
  return toldToPass(step, weighed) ?? nextest(step, weighed) ?? ctest(step, weighed);
}

function toldToPass(step: Step, { command }: WeighedCommand): Slack | undefined {
  const at = command.words.findIndex((word) => dropped.test(word));
  if (at < 1) return undefined;
  const flag = command.words[at] ?? "";
  // What stands alone behind `--` takes it along.
  const indexes = command.words[at - 1] === "--" && command.words.length === at + 1 ? [at - 1, at] : [at];
  return { ...told(step, command.words, `\`${flag}\``), title: `drop \`${flag}\``, edits: dropWords(command, indexes) };
}

function nextest(step: Step, { command }: WeighedCommand): Slack | undefined {
  const at = command.words.findIndex((word) => /^--no-tests=(?:pass|warn)$/u.test(word));
  const span = command.wordSpans[at];
  if (span === undefined || !command.words.includes("nextest")) return undefined;
  const flag = command.words[at] ?? "";
  const edits = [{ ...span, text: "--no-tests=fail" }];
  return { ...told(step, command.words, `\`${flag}\``), title: `turn \`${flag}\` into \`--no-tests=fail\``, edits };
}

function told(step: Step, words: readonly string[], flag: string): Omit<Slack, "title" | "edits"> {
  return {
    class: "no-tests-pass",
    message: `${flag} lets ${quoted(words)} pass when it finds no tests`,
    why,
    change: `When no test is found, step "${step.label}" fails.`,
  };
}

const otherModes =
  /^(?:-N|--show-only\S*|-S|--script|-D|--dashboard|-T|-M|--build-and-test|--version|--help|-h|--print-labels)$/u;

const wrapping = /^(?:sudo|xvfb-run|env|time|timeout|nice|catchsegv)$/u;

function ctest(step: Step, { command }: WeighedCommand): Slack | undefined {
  const at = programIndex(command, /^ctest(?:3)?$/u);
  const { words } = command;
  if (at < 0 || words.some((word) => word.startsWith("--no-tests") || otherModes.test(word))) return undefined;
  if (at > 0 && !wrapping.test(words[0] ?? "")) return undefined;
  return {
    class: "no-tests-pass",
    severity: "low",
    message: `${quoted(words.slice(at))} passes when it finds no tests`,
    why,
    change: `When no test is found, step "${step.label}" fails.`,
    title: "add `--no-tests=error`",
    evidence: "ctest prints that it found no tests, and ends with 0",
    edits: insertAfter(command, at, " --no-tests=error"),
  };
}
