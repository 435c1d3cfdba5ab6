import fc from "fast-check";
import { expect, it } from "vitest";
import { countSlips, nearest, suggest } from "../src/suggest.ts";

it("names the ids that are fewest slips away first; a swap of neighbours is one", () => {
  expect(nearest("M03-R40", ["M03-R01", "M03-R04", "M04-R11"])).toEqual(["M03-R04", "M03-R01", "M04-R11"]);
});

it("suggests what was likely meant, and nothing far away", () => {
  expect(suggest("regsiter", ["register", "rollback"])).toBe("register");
  expect(suggest("Best_Effort", ["best-effort", "critical"])).toBe("best-effort");
  expect(suggest("frobnicate", ["register", "rollback"])).toBeUndefined();
  expect(suggest("register", [])).toBeUndefined();
});

it("counts zero slips only to itself, the same both ways, and never more than the longer word has letters", () => {
  const word = fc.string({ maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(countSlips(a, b) === 0).toBe(a === b);
      expect(countSlips(a, b)).toBe(countSlips(b, a));
      expect(countSlips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
