import { describe, expect, it } from "vitest";
import type { Proof } from "../src/index.ts";
import { quoted } from "./every-case.ts";
import { fix, without } from "./fixing.ts";
import { workflow } from "./models.ts";

/** A job whose tests are soft, and a gate that waits for it under a condition. */
const gated = (condition: string): string =>
  workflow(`
  unit:
    runs-on: x
    steps:
      - run: make unit
        continue-on-error: true
  gate:
    if: ${quoted(condition)}
    needs: unit
    runs-on: x
    steps:
      - run: make gate`);

/** A step that waits for a soft one. */
const stepwise = (condition: string): string =>
  workflow(`
  unit:
    runs-on: x
    continue-on-error: \${{ inputs.soft }}
    steps:
      - id: a
        run: make unit
        continue-on-error: true
      - if: ${quoted(condition)}
        run: make report`);

/** What is claimed, of what, and whether it holds. */
const observed = ({ certificate }: Proof): unknown =>
  certificate.claims.map(({ name, verdict, ...claim }) => [
    name,
    verdict,
    claim.observed.map((one) => [one.observable, one.verdict]),
  ]);

describe("a condition that says the same in another way is judged in the same way", () => {
  it.each([
    ["always() && !failure()", "always() && format('{0}', failure()) != 'true'"],
    ["always() && !failure()", "always() && !fromJSON(toJSON(failure()))"],
    ["always() && success()", "always() && startsWith(toJSON(success()), 't')"],
    ["failure()", "always() && toJSON(failure()) == 'true'"],
    ["failure()", "always() && format('{0} {1}', success(), failure()) == 'false true'"],
    ["!cancelled() && !failure()", "toJSON(cancelled()) != 'true' && !failure()"],
    ["always() && !failure()", "toJSON(always()) == 'true' && !failure()"],
    [
      "${{ always() && needs.unit.result == 'success' }}",
      "${{ always() && needs.unit.result == 'success' && 'x' || '' }}${{ '' }}",
    ],
    [
      "${{ needs.unit.result != 'success' && always() }}",
      "${{ needs.unit.result != 'success' && 'x' || '' }}${{ always() && '' }}",
    ],
  ])("of a job: %s, %s", (plain, odd) => {
    const [first, second] = [plain, odd].map((condition) => fix(gated(condition), without(gated(condition))));
    expect(observed(second!)).toEqual(observed(first!));
  });

  it.each([
    ["always() && !failure()", "always() && format('{0}', failure()) != 'true'"],
    ["failure()", "always() && contains(toJSON(failure()), 'true')"],
  ])("of a step: %s, %s", (plain, odd) => {
    const [first, second] = [plain, odd].map((condition) => fix(stepwise(condition), without(stepwise(condition))));
    expect(observed(second!)).toEqual(observed(first!));
  });
});
