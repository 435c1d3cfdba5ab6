import { createHash } from "node:crypto";

/** One creation. Milliseconds by the clock of the memory. */
export interface Use {
  readonly id: string;
  readonly start: number;
  /** Undefined while it is under way. */
  end?: number;
}

/** What a pace knows: the last uses, oldest first, and the last moment that somebody was told to come back at. */
export interface PaceState {
  uses: Use[];
  promised: number;
}

/** Where a pace is kept. Whoever uses the same credential must share one, or the limit is exceeded by all of them together. */
export interface PaceMemory {
  /** Lets one at a time look at what is known, change it, and go; `now` is by the clock that all of them go by. */
  change<T>(work: (state: PaceState, now: number) => T): Promise<T>;
}

/** Gives the memory of a credential by its name, which tells nothing of the credential. */
export type FindPaceMemory = (name: string) => PaceMemory;

export function emptyPace(): PaceState {
  return { uses: [], promised: 0 };
}

/** The memory of this process alone. */
export function ownMemory(clock: { now(): number }): PaceMemory {
  const state = emptyPace();
  return { change: async (work) => work(state, clock.now()) };
}

/** Says which host and credential a pace is for, and nothing of the credential. */
export function nameOfPace(host: string, secret: string | undefined): string {
  return createHash("sha256")
    .update(`pace ${host} ${secret ?? ""}`)
    .digest("hex");
}
