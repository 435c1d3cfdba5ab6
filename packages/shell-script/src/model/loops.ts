import type { ArithmeticFor, For, While } from "unbash";
import { type Engine, Unfollowed } from "./engine.ts";
import type { Jump, State } from "./state.ts";

/** A loop that has not ended by then is taken for one that waits for something outside. */
const mostRounds = 3;

/** A loop over words. How often it goes round is followed where the words are plain, else once or twice stand for all. */
export function runFor(run: Engine, loop: For | ArithmeticFor, state: State): Jump | undefined {
  if (loop.type === "For") state.variables.delete(loop.name.value);
  const rounds = roundsOf(run, loop);
  if (rounds === 0) state.status = 0;
  for (let round = 0; round < rounds; round += 1) {
    const jump = run.list(loop.body, state);
    const ended = endOfRound(jump);
    if (ended !== "next") return ended === "stop" ? undefined : ended;
  }
  return undefined;
}

function roundsOf(run: Engine, loop: For | ArithmeticFor): number {
  if (loop.type === "For" && loop.wordlist?.every(({ parts }) => parts === undefined) === true) {
    return loop.wordlist.length;
  }
  return 2 - run.oracle.choose(2);
}

export function runWhile(run: Engine, loop: While, state: State): Jump | undefined {
  let status = 0;
  for (let round = 0; ; round += 1) {
    const jump = run.testing(state, () => run.list(loop.clause, state));
    if (jump !== undefined) return jump;
    if ((state.status === 0) !== (loop.kind === "while")) break;
    if (round === mostRounds) throw new Unfollowed("a loop that waits");
    const ended = endOfRound(run.list(loop.body, state));
    status = state.status;
    if (ended === "stop") break;
    if (ended !== "next") return ended;
  }
  state.status = status;
  return undefined;
}

/** What a jump means for the loop that it came out of. */
function endOfRound(jump: Jump | undefined): Jump | "next" | "stop" {
  if (jump === undefined) return "next";
  if (jump.kind !== "break" && jump.kind !== "continue") return jump;
  if (jump.levels > 1) return { ...jump, levels: jump.levels - 1 };
  return jump.kind === "break" ? "stop" : "next";
}
