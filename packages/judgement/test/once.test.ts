import { describe, expect, it } from "vitest";
import { firstAfter, stepsThat } from "../src/once.ts";
import { skippedAfterwards } from "../src/surroundings.ts";
import { firstJob } from "./read.ts";

const steps = Array.from(
  { length: 200 },
  (_, index) => `      - run: make ${index}\n${index % 3 === 0 ? "        if: always()\n" : ""}`,
);
const job = firstJob(`  check:\n    runs-on: x\n    steps:\n${steps.join("")}`);

describe("questions that every step asks of its job", () => {
  it("look at each step once", () => {
    let looks = 0;
    const stopped = stepsThat(({ condition }) => {
      looks += 1;
      return condition.entry === undefined;
    });
    for (const step of job.steps) {
      const expected = job.steps.find((next) => next.index > step.index && next.condition.entry === undefined);
      expect(stopped(job)[firstAfter(stopped(job), step)]).toBe(expected);
    }
    expect(looks).toBe(200);
  });

  it("name the first steps that are skipped, and count all but the one left out", () => {
    const [first, , , fourth] = job.steps;
    if (first === undefined || fourth === undefined) throw new Error("no steps");
    const all = skippedAfterwards(first, undefined);
    expect(all.first.map(({ index }) => index)).toEqual([1, 2, 4]);
    expect(all.count).toBe(133);
    const without = skippedAfterwards(first, job.steps[1]);
    expect(without.first.map(({ index }) => index)).toEqual([2, 4, 5]);
    expect(without.count).toBe(132);
    expect(skippedAfterwards(fourth, first).count).toBe(131);
  });
});
