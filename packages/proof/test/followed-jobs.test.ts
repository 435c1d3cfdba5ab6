import { describe, expect, it } from "vitest";
import { without } from "./fixing.ts";
import { prove, workflow } from "./models.ts";

/** What of a run is seen to differ. */
const differing = (text: string, line?: string): readonly string[] =>
  prove(text, without(text, line)).certificate.claims[0]?.observed.map(({ observable }) => observable) ?? [];

describe("the jobs that a change can make a difference for", () => {
  it("are those that wait for one that is changed, also if they wait for others as well", () => {
    const text = workflow(`
    lint:
      runs-on: x
      steps:
        - run: make lint
          continue-on-error: true
    unit:
      runs-on: x
      steps: [{ run: make unit }]
    ship:
      needs: [unit, lint]
      runs-on: x
      steps: [{ run: make ship }]
    tell:
      needs: ship
      if: failure()
      runs-on: x
      steps: [{ run: make tell }]`);
    expect(differing(text)).toEqual([
      "run",
      "check of lint",
      "needs.lint.result",
      "check of ship",
      "needs.ship.result",
      "check of tell",
    ]);
  });

  it("are those that use what it defines", () => {
    const text = workflow(`
    lint:
      runs-on: x
      steps: &steps
        - run: make lint
          continue-on-error: true
    docs:
      runs-on: x
      steps: *steps
    unit:
      runs-on: x
      steps: [{ run: make unit }]`);
    expect(differing(text)).toEqual(["run", "check of lint", "check of docs"]);
  });

  it("are no others because a script goes on in the background", () => {
    const text = (unit: string): string =>
      workflow(`
      lint:
        continue-on-error: true
        runs-on: x
        steps: [{ run: make lint }]
      unit:
        runs-on: x
        steps:
          - run: ${unit}`).replace("on: push", "on: { push: }");
    const counts = ["make unit", "make serve &make unit"].map(
      (unit) => prove(text(unit), without(text(unit))).certificate.counts,
    );
    expect(counts).toEqual([
      { differing: 1, same: 1 },
      { differing: 1, same: 1 },
    ]);
  });
});

describe("what is taken for granted", () => {
  const foreign = "a called workflow that is not in this repository succeeds or fails as a whole";
  const assumed = (condition: string): readonly string[] => {
    const text = workflow(`
    lint:
      runs-on: x
      steps:
        - run: make lint
          continue-on-error: true
    all:
      needs: lint
      if: ${condition}
      uses: octo/ci/.github/workflows/all.yml@v1`);
    return prove(text, without(text)).certificate.assumptions;
  };

  it("is that a workflow of others succeeds or fails, unless it never runs", () => {
    expect(assumed("success()")).toContain(foreign);
    expect(assumed("false")).not.toContain(foreign);
  });
});
