import type { Effect, Safety, Severity, SkipReason } from "@ci-fix/codemod";

/** Why a finding is left as it is, for a line of a list. */
export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  handled: "a later step looks at the failure and acts on it",
  retried: "the next step tries again",
  "negative-test": "the failure is what is tested",
  varies: "it soft-fails only where an input or the matrix says so",
  "best-effort": "an upload, cache, comment or clean-up that may fail",
  advisory: "an audit or outlook that only informs",
  documented: "a written reason stands beside it",
  generated: "a program writes this file; the fix belongs there",
  "meant-to-fail": "it is meant not to run, or to fail, and says so",
  "whole-file": "all of the file is dead; removing a file is for a person",
  "last-unit": "nothing would be left in the list of jobs or steps",
  "positional-reader": "other jobs read the results by their position",
  "read-elsewhere": "something else reads what would be removed",
  "changes-a-live-unit": "a live job would behave differently",
  "not-representable": "the change cannot be written without touching other bytes",
  "no-effect": "another mask remains: the fix would change nothing yet",
  "needs-person": "only a person can tell what was meant",
  excepted: "an exception with a reason stands for it",
};

/** Reasons for which the failure is (or may be) real, but not for a program to change. */
export const FOR_A_PERSON: ReadonlySet<SkipReason> = new Set<SkipReason>([
  "generated",
  "whole-file",
  "last-unit",
  "positional-reader",
  "read-elsewhere",
  "changes-a-live-unit",
  "not-representable",
  "no-effect",
  "needs-person",
]);

export const SAFETY_WORDS: Readonly<Record<Safety, string>> = {
  safe: "safe",
  review: "review it first",
  report: "for a person to decide",
};

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  "reveals-failure": "reveals failures",
  "may-block-merge": "may block a merge",
  "deletes-dead-code": "deletes dead code",
  "restores-check": "restores a check",
  documents: "changes a comment only",
  "needs-decision": "needs a decision",
};

/** Most urgent first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** `1 file`, `2 files`. */
export function count(number: number, noun: string, plural: string = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
