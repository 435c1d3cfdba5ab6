/** The time, which a simulation may run ahead of. Milliseconds. */
export interface Clock {
  /** Since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
};
