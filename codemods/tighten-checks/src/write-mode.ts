import { quoted, type WeighedCommand } from "@ci-fix/judgement";
import { masksOf, shellScriptOf } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";
import { insertAfter, programIndex, type Slack } from "./slack.ts";

/** A formatter, how it is told to check, and what says that it does already. */
interface Formatter {
  readonly program: RegExp;
  /** A word that must follow the program at once: `ruff format`. */
  readonly command?: string;
  /** Words with which it checks, or does something else altogether. */
  readonly otherwise: RegExp;
  /** The option that makes it write. */
  readonly writes?: RegExp;
  readonly check: string;
}

const formatters: readonly Formatter[] = [
  { program: /^black$/u, otherwise: /^--(?:check|diff|version|help)$/u, check: "--check" },
  { program: /^isort$/u, otherwise: /^(?:-c|--check(?:-only)?|--diff|--version)$/u, check: "--check-only" },
  { program: /^ruff$/u, command: "format", otherwise: /^--(?:check|diff)$/u, check: "--check" },
  {
    program: /^prettier$/u,
    otherwise: /^(?:-c|--check|-l|--list-different)$/u,
    writes: /^(?:-w|--write)$/u,
    check: "--check",
  },
  { program: /^cargo$/u, command: "fmt", otherwise: /^(?:--check|--version)$/u, check: "--check" },
  { program: /^gofmt$/u, otherwise: /^(?:-d|-w)$/u, writes: /^-l$/u, check: "" },
];

/** A formatter that repairs the files of a runner, which are thrown away, in a step that is called a check. */
export function writeMode(step: Step, { command }: WeighedCommand): Slack | undefined {
  const formatter = formatters.find((each) => isRunOf(command.words, each));
  if (formatter === undefined || isLookedAt(step, command.span.end)) return undefined;
  const script = shellScriptOf(step);
  if (script === undefined || masksOf(script, command).length > 0) return undefined;
  const name = checkName(step);
  if (name === undefined) return undefined;
  const edits = editsFor(command, formatter);
  if (edits.length === 0) return undefined;
  return {
    class: "write-mode-check",
    message: `${quoted(command.words)} ${formatter.check === "" ? "lists" : "repairs"} what it finds, and passes`,
    why: "The files of the runner are thrown away after the job, so nothing is repaired and nothing fails.",
    change: `When files are not formatted, step "${step.label}" fails.`,
    title: formatter.check === "" ? "fail if files are listed" : `check instead of writing: \`${formatter.check}\``,
    evidence: `it is called a check: "${name}"`,
    safety: "safe",
    edits,
  };
}

function isRunOf(words: readonly string[], { program, command, otherwise, writes }: Formatter): boolean {
  const at = words.findIndex((word) => program.test(word.split("/").at(-1) ?? ""));
  if (at < 0 || (at > 0 && !/^(?:run|exec|-m|--|npx|uvx|bunx|-\S+|python3?|uv|poetry)$/u.test(words[at - 1] ?? "")))
    return false;
  const args = words.slice(at + 1);
  if (command !== undefined && args.find((arg) => !arg.startsWith("+")) !== command) return false;
  if (args.length === 0 || args.some((arg) => otherwise.test(arg))) return false;
  return writes === undefined || args.some((arg) => writes.test(arg));
}

function editsFor(
  command: WeighedCommand["command"],
  { program, command: sub, writes, check }: Formatter,
): Slack["edits"] {
  const { words, wordSpans, span } = command;
  if (check === "") {
    return [
      { start: span.start, end: span.start, text: 'test -z "$(' },
      { start: span.end, end: span.end, text: ')"' },
    ];
  }
  if (writes !== undefined) {
    const word = wordSpans[words.findIndex((each) => writes.test(each))];
    return word === undefined ? [] : [{ ...word, text: check }];
  }
  const at = sub === undefined ? programIndex(command, program) : words.indexOf(sub);
  return insertAfter(command, at, ` ${check}`);
}

const called =
  /\b(?:check|checks|checking|lint|linting|linter|linters|verify|validate|format(?:ting)? check|style)\b/iu;
const writing = /\b(?:fix|fixes|autofix|auto-?format|apply|update|commit|generate|push|sync)\b/iu;

/** The name that says that the step checks; undefined where none does, or where one says that it repairs. */
function checkName({ name, job }: Step): string | undefined {
  const names = [name, job.name, job.id]
    .filter((each) => each !== undefined)
    .map((each) => each.replace(/[-_]/gu, " "));
  if (names.some((each) => writing.test(each))) return undefined;
  return names.find((each) => called.test(each));
}

const looking = /\bgit\b[^\n]*\b(?:diff|status|commit|add|stash|ls-files|push)\b|\bdiff\b|reviewdog/u;
const takingOver = /commit|pull-request|autofix|auto-fix|push|suggester|reviewdog|pre-commit|diff/iu;

/** Something later looks at what was repaired, or keeps it: then writing is right. */
function isLookedAt(step: Step, end: number): boolean {
  if (looking.test(step.script?.text.slice(end) ?? "")) return true;
  return step.job.steps
    .slice(step.index + 1)
    .some(({ script, action }) => looking.test(script?.text ?? "") || takingOver.test(action?.name ?? ""));
}
