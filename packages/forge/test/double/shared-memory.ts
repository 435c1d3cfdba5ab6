import { emptyPace } from "../../src/client/pace-memory.ts";
import type { Clock, PaceMemory, PaceState } from "../../src/index.ts";

/** A memory as several processes share one: what is known is a text, and getting at it takes a while. */
export function sharedMemory(clock: Clock): PaceMemory {
  let text = JSON.stringify(emptyPace());
  let last: Promise<unknown> = Promise.resolve();
  return {
    change(work) {
      const turn = last.then(async () => {
        await Promise.resolve();
        const state = JSON.parse(text) as PaceState;
        const result = work(state, clock.now());
        text = JSON.stringify(state);
        return result;
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}
