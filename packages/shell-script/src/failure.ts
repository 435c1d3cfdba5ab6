import type { Command } from "unbash";
import { type Oracle, Unfollowed } from "./model/engine.ts";
import { Run } from "./model/run.ts";
import { unmasked } from "./parse.ts";
import type { ShellScript } from "./script.ts";

/** When a script fails, in terms of its commands: always, never, or as some of them do. The same words are the same command. */
export type ScriptFormula =
  | boolean
  | { readonly command: string }
  | { readonly any: readonly ScriptFormula[] }
  | { readonly all: readonly ScriptFormula[] }
  | { readonly not: ScriptFormula };

/** More ways than that make no sentence that anybody could check. */
const mostWays = 200;

/**
 * When a script fails, exactly, for whatever its commands do; undefined where it asks for more than their statuses (files, variables that
 * are not known), does what is not followed, or has too many ways.
 */
export function failureOf(script: ShellScript): ScriptFormula | undefined {
  let ways = 0;
  const branch = (known: ReadonlyMap<string, number>): ScriptFormula => {
    const end = endOf(script, known);
    if ("status" in end) {
      ways += 1;
      if (ways > mostWays) throw new Unfollowed("too many ways");
      return end.status !== 0;
    }
    const then = (status: number): ScriptFormula => branch(new Map(known).set(end.asks, status));
    return decided(end.asks, then(1), then(0));
  };
  try {
    return branch(new Map());
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
}

/** Asks for the status of a command that has none yet. */
class Asked extends Error {
  readonly command: string;

  constructor(command: string) {
    super(command);
    this.command = command;
  }
}

type End = { readonly status: number } | { readonly asks: string };

function endOf({ tree, options }: ShellScript, known: ReadonlyMap<string, number>): End {
  const oracle: Oracle = {
    statusOf(command) {
      const name = nameOf(command);
      const status = known.get(name);
      if (status === undefined) throw new Asked(name);
      return status;
    },
    choose() {
      throw new Unfollowed("a question");
    },
  };
  try {
    return { status: new Run(oracle).exitStatus(tree, options) };
  } catch (error) {
    if (error instanceof Asked) return { asks: error.command };
    throw error;
  }
}

function nameOf({ name, args }: Command): string {
  const words = [name, ...args].map((word) =>
    word === undefined ? "" : word.type === "Word" ? word.value : word.text,
  );
  return unmasked(words.join(" ")).replace(/\s+/gu, " ").trim();
}

/** `failed` if the command fails, else `passed`; in the plainest form. */
function decided(command: string, failed: ScriptFormula, passed: ScriptFormula): ScriptFormula {
  if (failed === passed || JSON.stringify(failed) === JSON.stringify(passed)) return passed;
  if (failed === true) return passed === false ? { command } : { any: [{ command }, ...anyOf(passed)] };
  if (passed === false) return { all: [{ command }, failed] };
  if (failed === false) return passed === true ? { not: { command } } : { all: [{ not: { command } }, passed] };
  return { any: [{ all: [{ command }, failed] }, { all: [{ not: { command } }, passed] }] };
}

function anyOf(formula: ScriptFormula): readonly ScriptFormula[] {
  return typeof formula === "object" && "any" in formula ? formula.any : [formula];
}
