import type { Step } from "@ci-fix/workflow";
import { commandsOf } from "./script.ts";

const expectsFailure =
  /\b(?:should(?: not|n't) (?:pass|succeed|work|compile|build)|(?:should|must|will|expected? to|supposed to) fail|xfail|negative test|fail(?:s|ing)? (?:on purpose|intentionally|as expected)|expect(?:ed|s)? (?:a )?(?:fail\w*|errors?)|force(?:s|d)? (?:a |the )?fail\w*|intentional(?:ly)? (?:fail\w*|break\w*))\b/iu;

/** Why a step is a negative test, one that fails on purpose so that something after it can be tried; undefined if it is none. */
export function negativeTest(step: Step, comments: readonly string[]): string | undefined {
  if (step.script !== undefined && onlyFails(step.script.text)) return "its script does nothing but fail";
  if (expectsError(step)) return "the action is told to expect an error";
  const said = [step.name ?? "", ...comments].find((text) => expectsFailure.test(text));
  return said === undefined ? undefined : `"${said.trim().slice(0, 80)}"`;
}

/** True where an action is asked to fail (`expect-error: true`). */
export function expectsError({ inputs }: Step): boolean {
  return [...inputs].some(([key, value]) => /^expect\w*-?(?:error|fail\w*)$/u.test(key) && value === "true");
}

function onlyFails(script: string): boolean {
  const commands = commandsOf(script);
  const fails = commands.some(
    ({ words }) => words[0] === "false" || (words[0] === "exit" && /^[1-9]\d*$/u.test(words[1] ?? "")),
  );
  return (
    fails && commands.every(({ words }) => /^(?:false|exit|echo|printf|set|sleep|write-host)$/iu.test(words[0] ?? ""))
  );
}
