import { expect, it } from "vitest";
import { simulate } from "./campaign.ts";

/** `npm run fuzz -- 50000 packages/forge/test/campaign.test.ts` takes as many repositories as it is told. */
const count = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 1700);

it(`opens one pull request in each of ${count} repositories, within the limits, when it said it would`, async () => {
  const { pulls, problems, expected, took, heap } = await simulate(count);
  expect(problems).toEqual([]);
  expect(pulls).toEqual({ 1: count });
  expect(Math.abs(took / expected - 1)).toBeLessThan(0.05);
  expect(heap.length).toBeGreaterThan(8);
  const megabytes = heap.map((bytes) => Math.round(bytes / 1e6)).join(", ");
  if (process.env["CI_FIX_FUZZ_RUNS"] !== undefined) process.stderr.write(`heap after each tenth: ${megabytes} MB\n`);
});
