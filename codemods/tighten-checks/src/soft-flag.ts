import { quoted, weighedCommands, type WeighedCommand } from "@ci-fix/judgement";
import type { Step } from "@ci-fix/workflow";
import { dropWords, type Slack } from "./slack.ts";

/** An option with which a program ends with 0 whatever it finds. */
interface Option {
  readonly programs: RegExp;
  readonly flag: RegExp;
  /** The value stands in a word of its own, and must be this. */
  readonly value?: RegExp;
}

/** Sources: the manuals of the programs. Scanners that report on the world (trivy, checkov, bandit) are no part of it: they do so on purpose. */
const options: readonly Option[] = [
  { programs: /^(?:flake8|pylint|ruff)$/u, flag: /^(?:--exit-zero|-e)$/u },
  { programs: /^golangci-lint$/u, flag: /^--issues-exit-code=0$/u },
  { programs: /^golangci-lint$/u, flag: /^--issues-exit-code$/u, value: /^0$/u },
  {
    programs: /^mvnw?(?:\.cmd)?$/u,
    flag: /^-D(?:maven\.test\.failure\.ignore|maven\.test\.error\.ignore|testFailureIgnore|surefire\.testFailureIgnore)(?:=true)?$/u,
  },
  {
    programs: /^mvnw?(?:\.cmd)?$/u,
    flag: /^-D(?:(?:checkstyle|pmd|cpd)\.failOnViolation|checkstyle\.failsOnError|spotbugs\.failOnError|ktlint\.failOnViolation)=false$/u,
  },
  { programs: /^mvnw?(?:\.cmd)?$/u, flag: /^(?:-fn|--fail-never)$/u },
  { programs: /^(?:g|mingw32-)?make$/u, flag: /^(?:-i|--ignore-errors)$/u },
  { programs: /^swiftlint$/u, flag: /^--lenient$/u },
  { programs: /^hadolint$/u, flag: /^--no-fail$/u },
  { programs: /^tflint$/u, flag: /^--force$/u },
  { programs: /^vale$/u, flag: /^--no-exit$/u },
];

/** A critical command that is told to pass. */
export function softFlag(step: Step, weighed: WeighedCommand): Slack | undefined {
  const { command } = weighed;
  const { words } = command;
  const at = words.findIndex((word) => options.some(({ programs }) => programs.test(word.split("/").at(-1) ?? "")));
  const program = words[at]?.split("/").at(-1) ?? "";
  const found = options.flatMap(({ programs, flag, value }) =>
    programs.test(program)
      ? words.flatMap((word, index) => {
          if (index <= at || !flag.test(word) || (word === "-e" && program !== "ruff")) return [];
          if (value === undefined) return [[index]];
          return value.test(words[index + 1] ?? "") ? [[index, index + 1]] : [];
        })
      : [],
  );
  const [indexes] = found;
  if (indexes === undefined || !weighed.isCritical) return undefined;
  const flag = indexes.map((index) => words[index]).join(" ");
  const strict = strictRun(step, weighed, program, flag);
  return {
    class: "soft-flag",
    message: `\`${flag}\` lets ${quoted(words)} pass whatever it finds`,
    why: "The findings stand in a log that nobody reads while the step passes.",
    change: `When \`${program}\` finds something, step "${step.label}" fails.`,
    title: `drop \`${flag}\``,
    edits: dropWords(command, indexes),
    ...(strict === undefined
      ? {}
      : {
          skip: {
            reason: "advisory",
            message: `${quoted(strict.command.words)} checks as well, and can fail`,
          } as const,
        }),
  };
}

/** Another run of the same program in the step without the option: the soft one only adds what is nice to know. */
function strictRun(step: Step, { command }: WeighedCommand, program: string, flag: string): WeighedCommand | undefined {
  return weighedCommands(step).find(
    (other) =>
      other.command !== command &&
      other.command.words.some((word) => word.split("/").at(-1) === program) &&
      !other.command.words.join(" ").includes(flag),
  );
}
