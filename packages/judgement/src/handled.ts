import type { Job, Reader, Step } from "@ci-fix/workflow";
import { firstAfter, once, stepsThat } from "./once.ts";

/** Something that deals with the failure of a step, and how it shows. */
export interface Handler {
  readonly how: string;
  readonly by: Step | undefined;
}

/** Who deals with the failure of this step, if anybody does. Reading a result only to skip what follows is not dealing with it. */
export function handlerOf(step: Step, isCritical: boolean, depth = 0): Handler | undefined {
  for (const reader of step.readers) {
    if (reader.step === step || !dealsWithFailure(step, reader, isCritical)) continue;
    return { how: `${place(reader)} reads its ${reader.what === "all" ? "result" : reader.what}`, by: reader.step };
  }
  return flagHandler(step) ?? (depth < 4 ? handlerAfter(step, depth) : undefined);
}

/** A step that is skipped with this one, and whose own absence is dealt with (`outcome != 'success'`). */
function handlerAfter(step: Step, depth: number): Handler | undefined {
  for (const follower of skippedFollowers(step)) {
    const handler = follower.readers.length === 0 ? undefined : handlerOf(follower, true, depth + 1);
    if (handler !== undefined)
      return { how: `step "${follower.label}" is skipped with it, and ${handler.how}`, by: handler.by };
  }
  return undefined;
}

/** Later steps that run only when this one succeeded: the run stays green and their work is not done. */
export function skippedFollowers(step: Step): readonly Step[] {
  return step.readers.flatMap((reader) =>
    reader.where === "condition" && reader.step !== undefined && isSuccessOnly(step, reader) ? [reader.step] : [],
  );
}

function dealsWithFailure(step: Step, reader: Reader, isCritical: boolean): boolean {
  // A name shows the failure to those who look into a green run.
  if (reader.where === "name") return false;
  if (reader.what === "all") return true;
  if (reader.what === "outputs")
    return !isCritical || reader.where === "condition" || reader.where === "env" || reader.where === "script";
  const name = readName(step, reader.what);
  if (!name.test(reader.text)) return false;
  return reader.what === "outcome" && !(reader.where === "condition" && isSuccessOnly(step, reader));
}

/** `conclusion` is always success under a soft-fail, so that only `outcome` tells anything. */
function isSuccessOnly(step: Step, reader: Reader): boolean {
  if (reader.what !== "outcome") return false;
  const name = readName(step, "outcome").source;
  const success = new RegExp(`${name}\\s*==\\s*'success'|'success'\\s*==\\s*${name}`, "giu");
  const rest = reader.text.replace(success, "");
  return (
    rest !== reader.text &&
    !new RegExp(name, "iu").test(rest) &&
    !/!\s*\(?\s*$/u.test(reader.text.slice(0, reader.text.search(success)))
  );
}

function readName({ id = "" }: Step, property: string): RegExp {
  const plain = id.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return new RegExp(`steps\\s*(?:\\.\\s*${plain}|\\[\\s*'${plain}'\\s*\\])\\s*\\.\\s*${property}`, "iu");
}

function place({ step, where }: Reader): string {
  if (step === undefined) return where === "output" ? "an output of the job" : "the job";
  return `step "${step.label}"`;
}

const flag =
  /(?:echo|printf|write-output)?\s["']?([A-Za-z_]\w*)=[^\n;]*>>\s*["']?\$\{?(?:GITHUB_ENV|env:GITHUB_ENV)/giu;
const flagName = /fail|status|result|exit|error|code|passed|success|outcome|(?:^|_)rc$|_ok$/iu;

/** The steps of a job by the words of their scripts and conditions. */
const stepsByWord = once((job: Job): ReadonlyMap<string, readonly Step[]> => {
  const byWord = new Map<string, Step[]>();
  for (const step of job.steps) {
    const words = new Set(`${step.script?.text ?? ""}\n${step.condition.parsed.text}`.match(/\w+/gu));
    for (const word of words) {
      const steps = byWord.get(word);
      if (steps === undefined) byWord.set(word, [step]);
      else steps.push(step);
    }
  }
  return byWord;
});

/** The script leaves a mark in the environment that a later step asks for. */
function flagHandler(step: Step): Handler | undefined {
  const marks = [...(step.script?.text ?? "").matchAll(flag)]
    .map((match) => match[1] ?? "")
    .filter((name) => flagName.test(name));
  for (const mark of marks) {
    const asking = stepsByWord(step.job).get(mark) ?? [];
    const by = asking[firstAfter(asking, step)];
    if (by !== undefined) return { how: `step "${by.label}" asks for ${mark}, which its script sets`, by };
  }
  return undefined;
}

const verdictName =
  /\b(?:fail(?:ed)? (?:if|when|the|on)|express failure|(?:summary|summari[sz]e|check(?:ing)?|report|evaluate)\b[^:]*\b(?:failures?|failed|passed|outcomes?|exit codes?)|require (?:success|all)|set (?:final )?(?:exit|job) (?:code|status))\b/iu;

const verdictSteps = stepsThat(
  ({ name, script, condition }) =>
    script !== undefined && verdictName.test(name ?? "") && !/\bfailure\s*\(/u.test(condition.parsed.text),
);

/** A later step whose name says that it looks at the failures and decides. */
export function verdictHandler(step: Step): Handler | undefined {
  const verdicts = verdictSteps(step.job);
  const by = verdicts[firstAfter(verdicts, step)];
  return by === undefined ? undefined : { how: `step "${by.label}" looks at the failures afterwards`, by };
}
