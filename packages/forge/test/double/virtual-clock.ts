import type { Clock } from "../../src/index.ts";

/** A clock that jumps to the next thing that anybody waits for, once nothing else is left to do. */
export class VirtualClock implements Clock {
  #time: number;
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(time = 1_770_508_800_000) {
    this.#time = time;
  }

  now(): number {
    return this.#time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const entry = { at: this.#time + milliseconds, wake };
      const index = this.#waiting.findLastIndex(({ at }) => at <= entry.at);
      this.#waiting.splice(index + 1, 0, entry);
    });
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const ended = work.finally(() => (state.done = true));
    ended.catch(() => {});
    while (!state.done) {
      await new Promise((next) => setImmediate(next));
      const next = this.#waiting.shift();
      if (next === undefined) continue;
      this.#time = Math.max(this.#time, next.at);
      next.wake();
    }
    return ended;
  }
}
