import type { Command, Script } from "unbash";
import { type Oracle, Unfollowed } from "./engine.ts";
import { Run } from "./run.ts";
import type { ShellOptions } from "./state.ts";

/** One way through a script. */
export interface Way {
  readonly status: number;
  /** How often the command that fails ran. */
  readonly ran: number;
}

/** All ways through a script; `complete` is false where there are too many, or where one could not be followed. */
export interface Ways {
  readonly ways: readonly Way[];
  readonly complete: boolean;
  /** What could not be followed, if anything. */
  readonly unfollowed: string | undefined;
}

/** More than that are not looked at: a script with so many questions is told about as unknown. */
const mostWays = 300;

export interface ExploreOptions {
  /** `first`: what fails does so the first time that it runs only. Default: each time. */
  readonly times?: "first" | "all";
  /** These succeed, also where the script tests them. */
  readonly passing?: ReadonlySet<Command>;
}

/**
 * Goes every way through a script on which nothing fails but the given commands. What the script tests may come out either way; all else
 * that it runs succeeds.
 */
export function explore(
  script: Script,
  options: ShellOptions,
  failing: ReadonlySet<Command>,
  { times = "all", passing = new Set() }: ExploreOptions = {},
): Ways {
  const ways: Way[] = [];
  let unfollowed: string | undefined;
  const tape = new Tape();
  do {
    tape.rewind();
    let ran = 0;
    const oracle: Oracle = {
      statusOf(command, tested) {
        if (!failing.has(command)) return tested && !passing.has(command) ? tape.choose(2) : 0;
        ran += 1;
        return times === "first" && ran > 1 ? 0 : 1;
      },
      choose: (count) => tape.choose(count),
    };
    try {
      const status = new Run(oracle).exitStatus(script, options);
      ways.push({ status, ran });
    } catch (error) {
      if (!(error instanceof Unfollowed)) throw error;
      unfollowed = error.message;
    }
    if (ways.length > mostWays || tape.turns > mostWays * 2) return { ways, complete: false, unfollowed };
  } while (tape.advance());
  return { ways, complete: unfollowed === undefined, unfollowed };
}

/** The choices of one way, and the way after it: each combination once. */
class Tape {
  #choices: { taken: number; count: number }[] = [];
  #at = 0;
  turns = 0;

  rewind(): void {
    this.#at = 0;
    this.turns += 1;
  }

  choose(count: number): number {
    const known = this.#choices[this.#at];
    this.#at += 1;
    if (known !== undefined) return known.taken;
    this.#choices.push({ taken: 0, count });
    return 0;
  }

  /** Turns to the next combination; false after the last. */
  advance(): boolean {
    this.#choices.length = Math.min(this.#choices.length, this.#at);
    for (let last = this.#choices.at(-1); last !== undefined; last = this.#choices.at(-1)) {
      last.taken += 1;
      if (last.taken < last.count) return true;
      this.#choices.pop();
    }
    return false;
  }
}
