import { randomUUID } from "node:crypto";
import { ForgeError } from "../errors.ts";
import { type Clock, wallClock } from "./clock.ts";
import { ownMemory, type PaceMemory, type PaceState, type Use } from "./pace-memory.ts";

/** No more than `count` in any stretch of `milliseconds`. */
export interface Allowance {
  readonly count: number;
  readonly milliseconds: number;
  /**
   * What the stretch is measured from. A forge counts at a moment between sending and answering, so that only the `end` of one creation and the
   * start of a later one are certain to be that far apart for it, too.
   */
  readonly from: "start" | "end";
}

/** Waits longer than this are left to the queue. Milliseconds. */
export const LONGEST_WAIT = 60_000;

/** Longer than any creation takes: one whose process died counts as ended after that. Milliseconds. */
const LONGEST_USE = 180_000;

/** Gives out permission to create: as fast as the allowances let it, never faster, for all who share its memory together. */
export class Pace {
  readonly #allowances: readonly Allowance[];
  readonly #clock: Clock;
  readonly #memory: PaceMemory;

  constructor(allowances: readonly Allowance[], clock: Clock = wallClock, memory: PaceMemory = ownMemory(clock)) {
    this.#allowances = allowances;
    this.#clock = clock;
    this.#memory = memory;
  }

  /** Does the work when it may be done. Rejects with `limited` if that is more than a minute away. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#allowances.length === 0) return work();
    const id = await this.#take();
    try {
      return await work();
    } finally {
      await this.#memory.change(({ uses }, now) => {
        const use = uses.find((each) => each.id === id);
        if (use !== undefined) use.end = now;
      });
    }
  }

  /** Rejects with `limited`, as `run` would now: asked before a repository costs anything else. */
  async check(): Promise<void> {
    const wait = await this.#memory.change((state, now) => this.#refused(state, now));
    if (wait !== undefined) throw this.#refusal(wait);
  }

  async #take(): Promise<string> {
    const id = randomUUID();
    for (;;) {
      const turn = await this.#memory.change((state, now) => {
        const [wait, refused] = [this.#wait(state, now), this.#refused(state, now)];
        if (wait <= 0) state.uses = [...this.#needed(state), { id, start: now }];
        return { wait, refused };
      });
      if (turn.refused !== undefined) throw this.#refusal(turn.refused);
      if (turn.wait <= 0) return id;
      await this.#clock.sleep(turn.wait);
    }
  }

  /** Milliseconds until no allowance forbids another one, as far as can be told now. */
  #wait({ uses }: PaceState, now: number): number {
    const waits = this.#allowances.map(({ count, milliseconds, from }) => {
      const oldest = uses.at(-count);
      if (oldest === undefined) return 0;
      const ended = oldest.end ?? (now - oldest.start > LONGEST_USE ? oldest.start + LONGEST_USE : undefined);
      const since = from === "start" ? oldest.start : ended;
      return since === undefined ? Math.min(milliseconds, 1000) : since + milliseconds - now;
    });
    return Math.max(0, ...waits);
  }

  /** Milliseconds until whoever would have to wait too long may come back: a moment of their own, so that they do not all come at once. */
  #refused(state: PaceState, now: number): number | undefined {
    const wait = this.#wait(state, now);
    if (wait <= LONGEST_WAIT) return undefined;
    state.promised = Math.max(now + wait, state.promised + averageGap(this.#allowances));
    return state.promised - now;
  }

  #refusal(wait: number): ForgeError {
    return new ForgeError("limited", "as many pull requests were opened as the forge allows", {
      retryAt: this.#clock.now() + wait,
    });
  }

  /** Those that an allowance looks at, once one more is added. */
  #needed({ uses }: PaceState): Use[] {
    const most = Math.max(0, ...this.#allowances.map(({ count }) => count));
    return most > 1 ? uses.slice(1 - most) : [];
  }
}

function averageGap(allowances: readonly Allowance[]): number {
  return Math.max(0, ...allowances.map(({ count, milliseconds }) => milliseconds / count));
}

/**
 * When the last of so many creations is done: the first ones as soon as they may be, and once somebody has to come back later, one after the
 * other at an even pace. Milliseconds from now.
 */
export function durationOf(creations: number, allowances: readonly Allowance[]): number {
  const gap = averageGap(allowances);
  const times: number[] = [];
  let isPaced = false;
  for (let index = 0; index < creations; index += 1) {
    const before = times.at(-1) ?? 0;
    const earliest = Math.max(
      before,
      ...allowances.map(({ count, milliseconds }) => (index < count ? 0 : (times[index - count] ?? 0) + milliseconds)),
    );
    const isPacedBefore = isPaced;
    isPaced ||= earliest - before > LONGEST_WAIT;
    times.push(isPacedBefore ? Math.max(earliest, before + gap) : earliest);
  }
  return times.at(-1) ?? 0;
}
