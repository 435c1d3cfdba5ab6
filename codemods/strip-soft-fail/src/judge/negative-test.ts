import type { Step } from "@ci-fix/workflow";
import { commandsOf } from "./script.ts";

const expectsFailure =
  /\b(?:should(?: not|n't) (?:pass|succeed|work|compile|build)|(?:should|must|will|expected? to|supposed to) fail|xfail|negative test|fail(?:s|ing)? (?:on purpose|intentionally|as expected)|expect(?:ed|s)? (?:a )?(?:fail\w*|errors?)|intentional(?:ly)? (?:fail\w*|break\w*))\b/iu;

/** Why a step is a negative test, one that fails on purpose so that something after it can be tried; undefined if it is none. */
export function negativeTest(step: Step, comments: readonly string[]): string | undefined {
  if (step.script !== undefined && onlyFails(step.script.text)) return "its script does nothing but fail";
  const said = [step.name ?? "", ...comments].find((text) => expectsFailure.test(text));
  return said === undefined ? undefined : `"${said.trim().slice(0, 80)}"`;
}

function onlyFails(script: string): boolean {
  const commands = commandsOf(script);
  const fails = commands.some(({ words }) => words[0] === "false" || (words[0] === "exit" && /^[1-9]\d*$/u.test(words[1] ?? "")));
  return fails && commands.every(({ words }) => /^(?:false|exit|echo|printf|set|sleep|write-host)$/iu.test(words[0] ?? ""));
}
