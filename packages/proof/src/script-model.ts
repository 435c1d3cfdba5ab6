import type { Step } from "@ci-fix/workflow";

/**
 * When a script fails, put together from its commands: always, never, or as some of them do. A command is anything that
 * succeeds or fails by itself; the same text in the same step is the same command, before a fix and after it.
 *
 * Under `bash -e`, `a; b` is `{ any: [a, b] }`; `a || b` is `{ all: [a, b] }`; `a || true` is `false`; `a | b` without pipefail is `b`.
 */
export type ScriptFailure =
  | boolean
  | { readonly command: string }
  | { readonly any: readonly ScriptFailure[] }
  | { readonly all: readonly ScriptFailure[] }
  | { readonly not: ScriptFailure };

/**
 * What is known of the exit status of a step's script; undefined where it succeeds or fails as a whole. Of a script that a
 * fix changes it must know both sides, or neither: two scripts that are taken as a whole are taken to end alike.
 */
export type ScriptModel = (step: Step) => ScriptFailure | undefined;

export const noScripts: ScriptModel = () => undefined;

/** What a command is called in a certificate. */
export function commandKey(step: string, command: string): string {
  return `${step}: ${command}`;
}
