import { describe, expect, it } from "vitest";
import { handlerOf, skippedFollowers, verdictHandler } from "../src/handled.ts";
import { firstStep } from "./read.ts";

const soft = "      - id: try\n        continue-on-error: true\n        run: ./try\n";
const then = (next: string) => firstStep(`${soft}${next}`);

describe("a failure is dealt with", () => {
  it.each([
    ["a condition on failure", "      - if: steps.try.outcome == 'failure'\n        run: exit 1\n"],
    [
      "a condition on anything but success",
      "      - if: ${{ steps.try.outcome != 'success' }}\n        run: ./other\n",
    ],
    ["a negated success", "      - if: ${{ !(steps.try.outcome == 'success') }}\n        run: ./other\n"],
    ["the index form", "      - if: steps['try'].outcome == 'failure'\n        run: ./other\n"],
    ["a script that looks", "      - run: test '${{ steps.try.outcome }}' = success\n"],
    ["an environment variable", "      - run: ./decide\n        env:\n          RESULT: ${{ steps.try.outcome }}\n"],
    ["all results at once", "      - run: echo '${{ toJSON(steps) }}'\n"],
    ["a condition on an output", "      - if: steps.try.outputs.code != '0'\n        run: exit 1\n"],
    [
      "a choice by two values",
      "      - if: steps.try.outcome == 'success' || steps.try.outcome == 'failure'\n        run: ./report\n",
    ],
  ])("%s", (_, next) => expect(handlerOf(then(next), true)).toBeDefined());

  it("by a ladder whose last rung asks for anything but success", () => {
    const ladder = then(
      "      - id: use\n        if: steps.try.outcome == 'success'\n        run: ./use\n      - if: steps.use.outcome != 'success'\n        run: ./build\n",
    );
    expect(handlerOf(ladder, true)?.by?.script?.text).toBe("./build");
  });

  it("by a mark in the environment", () => {
    const marked = firstStep(
      '      - run: |\n          ./try || echo "TRY_FAILED=1" >> $GITHUB_ENV\n        continue-on-error: true\n      - run: test -z "$TRY_FAILED"\n',
    );
    expect(handlerOf(marked, true)?.how).toContain("TRY_FAILED");
  });

  it("by a step that says so", () => {
    expect(verdictHandler(then("      - name: Check for test failures\n        run: ./verdict\n"))).toBeDefined();
    expect(
      verdictHandler(then("      - name: Check for test failures\n        if: failure()\n        run: ./verdict\n")),
    ).toBeUndefined();
  });
});

describe("a failure is not dealt with", () => {
  it.each([
    ["nobody asks", "      - run: ./next\n"],
    ["only the work after it is skipped", "      - if: steps.try.outcome == 'success'\n        run: ./next\n"],
    [
      "only the work after it is skipped, the other way round",
      "      - if: always() && 'success' == steps.try.outcome\n        run: ./next\n",
    ],
    [
      "the conclusion of a soft-failing step is always success",
      "      - if: steps.try.conclusion == 'failure'\n        run: exit 1\n",
    ],
    ["another step is asked", "      - if: steps.tryout.outcome == 'failure'\n        run: exit 1\n"],
    [
      "an output is only passed on",
      "      - uses: a/b@v1\n        with:\n          path: ${{ steps.try.outputs.path }}\n",
    ],
  ])("%s", (_, next) => expect(handlerOf(then(next), true)).toBeUndefined());

  it("and the steps skipped with it are known", () => {
    const step = then("      - name: Use it\n        if: steps.try.outcome == 'success'\n        run: ./next\n");
    expect(skippedFollowers(step).map(({ label }) => label)).toEqual(["Use it"]);
  });
});
