import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance, nearest } from "../src/nearest.ts";

it("names the ids that are one slip away first", () => {
  expect(nearest("M03-R40", ["M03-R01", "M03-R04", "M04-R11"])).toEqual(["M03-R04", "M03-R01", "M04-R11"]);
});

it("is zero only to itself, the same both ways, and never more than the longer word", () => {
  const word = fc.string({ maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
