import fc from "fast-check";
import { expect, it } from "vitest";
import { type Allowance, durationOf, Pace } from "../src/client/pace.ts";
import { CREATIONS } from "../src/github/github.ts";
import { sharedMemory } from "./double/shared-memory.ts";
import { VirtualClock } from "./double/virtual-clock.ts";

const allowance = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  milliseconds: fc.integer({ min: 1, max: 50_000 }),
  from: fc.constant<"end">("end"),
});

/** The most that fell into any stretch of that length. */
function mostIn(times: readonly number[], milliseconds: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((start) => sorted.filter((time) => time >= start && time < start + milliseconds).length),
  );
}

it("never gives out more than is allowed to several processes, whenever the forge counts between question and answer", async () => {
  const job = fc.record({
    latency: fc.integer({ min: 0, max: 3000 }),
    counted: fc.double({ min: 0, max: 1, noNaN: true }),
    process: fc.nat({ max: 2 }),
  });
  const jobs = fc.array(job, { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(allowance, { minLength: 1, maxLength: 3 }),
      jobs,
      async (allowances: Allowance[], list) => {
        const clock = new VirtualClock();
        const processes: Pace[] = [];
        const memory = sharedMemory(clock);
        const counted: number[] = [];
        const work = list.map(({ latency, counted: share, process }) =>
          (processes[process] ??= new Pace(allowances, clock, memory))
            .run(async () => {
              counted.push(clock.now() + latency * share);
              await clock.sleep(latency);
            })
            .catch(() => {}),
        );
        await clock.run(Promise.all(work));
        expect(counted.length).toBeGreaterThan(0);
        for (const { count, milliseconds } of allowances)
          expect(mostIn(counted, milliseconds)).toBeLessThanOrEqual(count);
      },
    ),
    { numRuns: 150 },
  );
});

it("sends everyone who is too early to a moment of their own", async () => {
  const clock = new VirtualClock();
  const pace = new Pace([{ count: 2, milliseconds: 3_600_000, from: "end" }], clock);
  await clock.run(Promise.all([pace.run(() => Promise.resolve()), pace.run(() => Promise.resolve())]));
  const times: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    await pace
      .run(() => Promise.resolve())
      .catch((error: { retryAt: number }) => times.push(error.retryAt - clock.now()));
  }
  expect(times).toEqual([3_600_000, 5_400_000, 7_200_000]);
  await expect(pace.check()).rejects.toThrow("as many pull requests were opened");
});

it("counts a creation whose process died as ended after a while", async () => {
  const clock = new VirtualClock();
  const memory = sharedMemory(clock);
  const allowances: Allowance[] = [{ count: 1, milliseconds: 10_000, from: "end" }];
  void new Pace(allowances, clock, memory).run(() => new Promise(() => {}));
  const started = clock.now();
  const next = new Pace(allowances, clock, memory).run(async () => clock.now() - started);
  expect(await clock.run(next)).toBeGreaterThanOrEqual(190_000);
});

it.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [80, 79],
  [81, 80],
  [500, 499],
  [501, 3600],
  [50_000, 3600 + 49_499 * 7.2],
])("expects %i pull requests to take %i seconds", (openings, seconds) => {
  expect(durationOf(openings, CREATIONS)).toBe(seconds * 1000);
});
