import { ForgeError } from "../errors.ts";
import { type Clock, wallClock } from "./clock.ts";

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

interface Use {
  readonly start: number;
  /** Undefined while it is under way. */
  end?: number;
}

/** Waits longer than this are left to the queue. Milliseconds. */
export const LONGEST_WAIT = 60_000;

/** Gives out permission to create: as fast as the allowances let it, never faster. */
export class Pace {
  readonly #allowances: readonly Allowance[];
  readonly #clock: Clock;
  readonly #uses: Use[] = [];
  /** The last moment that somebody was told to come back at. */
  #promised = 0;

  constructor(allowances: readonly Allowance[], clock: Clock = wallClock) {
    this.#allowances = allowances;
    this.#clock = clock;
  }

  /** Does the work when it may be done. Rejects with `limited` if that is more than a minute away. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const use = await this.#take();
    try {
      return await work();
    } finally {
      use.end = this.#clock.now();
    }
  }

  /** Rejects with `limited`, as `run` would now: asked before a repository costs anything else. */
  check(): void {
    this.#forget();
    const at = this.#free();
    if (at - this.#clock.now() > LONGEST_WAIT) throw this.#refusal(at);
  }

  async #take(): Promise<Use> {
    for (;;) {
      this.#forget();
      const now = this.#clock.now();
      const at = this.#free();
      if (at <= now) {
        const use: Use = { start: now };
        this.#uses.push(use);
        return use;
      }
      if (at - now > LONGEST_WAIT) throw this.#refusal(at);
      await this.#clock.sleep(at - now);
    }
  }

  /** The first moment at which no allowance forbids another one, as far as can be told now. */
  #free(): number {
    const now = this.#clock.now();
    return Math.max(
      now,
      ...this.#allowances.map(({ count, milliseconds, from }) => {
        const oldest = this.#uses.at(-count);
        if (oldest === undefined) return now;
        const since = from === "start" ? oldest.start : oldest.end;
        return since === undefined ? now + Math.min(milliseconds, 1000) : since + milliseconds;
      }),
    );
  }

  /** Each is sent to a moment of its own, so that they do not all come back at once to be refused again. */
  #refusal(at: number): ForgeError {
    this.#promised = Math.max(at, this.#promised + averageGap(this.#allowances));
    return new ForgeError("limited", "as many pull requests were opened as the forge allows", {
      retryAt: this.#promised,
    });
  }

  /** Drops what no allowance looks at any more. */
  #forget(): void {
    const most = Math.max(0, ...this.#allowances.map(({ count }) => count));
    if (this.#uses.length > 2 * most) this.#uses.splice(0, this.#uses.length - most);
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
