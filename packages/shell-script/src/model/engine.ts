import type { Command, CompoundList, Statement } from "unbash";
import type { Jump, State } from "./state.ts";

/** What the world outside of a script decides. */
export interface Oracle {
  /** The exit status of a program. `tested`: the script looks at it (a condition, the left of `&&` or `||`). */
  statusOf(command: Command, tested: boolean): number;
  /** One of so many ways to go on, from 0, where the script asks something that is not known here. */
  choose(ways: number): number;
}

/** The script does something that the model does not follow, or does not end. What it exits with is then unknown. */
export class Unfollowed extends Error {}

/** What the parts of a shell ask of the whole. */
export interface Engine {
  readonly oracle: Oracle;
  statements(statements: readonly Statement[], state: State): Jump | undefined;
  list(list: CompoundList, state: State): Jump | undefined;
  /** Runs something whose failure is looked at, so that errexit does not act on it. */
  testing(state: State, run: () => Jump | undefined): Jump | undefined;
  /** Runs in a subshell and gives its status. */
  apart(state: State, run: (inner: State) => Jump | undefined): number;
  /** Ends a test that came out so; one that is not known may come out either way. */
  decided(holds: boolean | undefined, state: State): Jump | undefined;
}
