import { describe, expect, it } from "vitest";
import type { Certificate } from "../src/index.ts";
import { bytes, claim, prove, workflow } from "./models.ts";

const bad = "fromJSON(github.event.flag)";
const load = (path: string): Uint8Array | undefined =>
  path === "tools/action.yml"
    ? bytes(`runs:\n  using: composite\n  steps:\n    - run: make tools\n      shell: bash\n`)
    : undefined;

const without = (text: string): string => text.replace(/^ +continue-on-error: true\n/mu, "");

/** How many cases there are: more than one for a job whose steps are told apart. */
function countsOf(text: string): Certificate["counts"] {
  const { certificate } = prove(text, without(text), { load });
  expect(certificate.claims.map(({ verdict }) => verdict)).not.toContain("unknown");
  return certificate.counts;
}

describe("a job that a change does not touch, but that one waits for which is changed", () => {
  const text = (steps: string, condition = "success()"): string =>
    workflow(`
    lint:
      runs-on: x
      steps: [{ run: make lint }]
    unit:
      needs: lint
      if: always()
      runs-on: x
      steps: ${steps}
    ship:
      needs: [unit, lint]
      if: ${condition}
      runs-on: x
      steps:
        - run: make ship
          continue-on-error: true`);
  const one = countsOf(text("[{ run: make a }]"));

  it.each([
    ["of several steps", "[{ run: make a }, { run: make b }, { uses: octo/lint@v1 }]"],
    ["of conditions", "[{ run: make a }, { run: make b, if: github.ref == 'x' }, { run: make c, if: failure() }]"],
    [
      "of soft-fails",
      "[{ run: make a, continue-on-error: true }, { run: make b, continue-on-error: '${{ inputs.soft }}' }, { run: make c }]",
    ],
    ["of an action of others", "[{ uses: octo/lint@v1 }]"],
    [
      "of a step that is called as it is",
      "[{ id: unit, run: make a }, { run: make b, if: steps.unit.outputs.b == 'x' }]",
    ],
    ["of steps that look at each other", "[{ id: a, run: make a }, { run: make b, if: steps.a.outcome == 'success' }]"],
    [
      "of an environment",
      "[{ run: make a, env: { REF: '${{ github.ref }}', LINT: '${{ needs.lint.result }}' } }, { run: make b }]",
    ],
  ])("is one question, in spite %s", (_what, steps) => {
    expect(countsOf(text(steps))).toEqual(one);
  });

  it.each([
    ["none of its steps always runs", "[{ run: make a, if: github.ref == 'x' }]"],
    ["what always runs is forgiven", "[{ run: make a, continue-on-error: true }]"],
    ["what always runs may be forgiven", "[{ run: make a, continue-on-error: '${{ inputs.soft }}' }]"],
    ["what always runs is made of others", "[{ uses: ./tools }, { uses: ./tools }]"],
    ["a step sees what became of other jobs", "[{ run: make a }, { run: make b, if: needs.lint.result == 'success' }]"],
    [
      "a step is forgiven for what became of other jobs",
      "[{ run: make a }, { run: make b, continue-on-error: \"${{ needs.lint.result == 'failure' }}\" }]",
    ],
    ["a condition may fail to evaluate", `[{ run: make a }, { run: make b, if: ${bad} }]`],
    ["an environment may fail to evaluate", `[{ run: make a, env: { A: b, FLAG: '\${{ ${bad} }}' } }]`],
  ])("is followed step by step where %s", (_what, steps) => {
    expect(countsOf(text(steps))).not.toEqual(one);
  });

  it.each(["needs.unit.outputs.all == 'x'", "needs.UNIT.outputs['all'] == 'x'", "contains(needs.*.outputs.all, 'x')"])(
    "is followed step by step where another one decides by its outputs: %s",
    (condition) => {
      const asked = (steps: string): Certificate["counts"] => countsOf(text(steps, condition));
      expect(asked("[{ run: make a }, { run: make b }]")).not.toEqual(asked("[{ run: make a }]"));
    },
  );

  it.each(["needs.lint.outputs.unit == 'x'", "needs.unit.result == 'success'"])(
    "is one question where another one decides by something else: %s",
    (condition) => {
      const asked = (steps: string): Certificate["counts"] => countsOf(text(steps, condition));
      expect(asked("[{ run: make a }, { run: make b }]")).toEqual(asked("[{ run: make a }]"));
    },
  );

  it("is one question where its own condition may fail to evaluate", () => {
    const asked = (steps: string): Certificate["counts"] => countsOf(text(steps).replace("if: always()", `if: ${bad}`));
    expect(asked("[{ run: make a }, { run: make b }]")).toEqual(asked("[{ run: make a }]"));
  });

  it("is looked at all the same for what no server would run", () => {
    const before = text("[{ run: make a }, { run: make b, if: github.ref == }]");
    expect(claim(prove(before, without(before)), "bites").reason).toBe(
      "the file would be rejected: The expression ends too early",
    );
  });

  it("is not walked in a workflow that it calls either, and told by the step that stands for it", () => {
    const file = (steps: string) => (): Uint8Array =>
      bytes(`on: workflow_call\njobs:\n  deep:\n    runs-on: x\n    steps: ${steps}\n`);
    const before = workflow(`
    unit:
      uses: ./.github/workflows/deep.yml
    ship:
      needs: unit
      runs-on: x
      steps:
        - run: make ship
          continue-on-error: true`);
    const counts = (steps: string): Certificate["counts"] =>
      prove(before, without(before), { load: file(steps) }).certificate.counts;
    expect(counts("[{ run: make a }, { run: make b }]")).toEqual(counts("[{ run: make a }]"));
    expect(counts("[{ run: make a, if: github.ref == 'x' }]")).not.toEqual(counts("[{ run: make a }]"));
  });
});

describe("a job that has nothing to do with a change", () => {
  const text = (lint: string, other: string): string =>
    workflow(`
    lint:
      continue-on-error: true
      runs-on: x
      steps: [{ run: make lint, if: ${lint} }]
    other:
      runs-on: x
      steps: ${other}
    last:
      needs: other
      runs-on: x
      steps: [{ run: make last }]`);
  const counts = (lint: string, other: string): Certificate["counts"] => countsOf(text(lint, other));

  it("adds no cases, whatever it asks", () => {
    const alone = counts("github.ref == 'x'", "[{ run: make a }]");
    expect(counts("github.ref == 'x'", "[{ run: make a, if: github.ref == 'y' }]")).toEqual(alone);
    expect(counts("github.ref == 'x'", `[{ run: make a, if: ${bad} }]`)).toEqual(alone);
  });

  it("adds some where it can be red for the same reason, and none where only the other one can", () => {
    const alone = counts(bad, "[{ run: make a }]");
    expect(counts(bad, "[{ run: make a, if: github.ref == 'y' }]")).toEqual(alone);
    expect(counts(bad, `[{ run: make a, if: ${bad} }]`)).not.toEqual(alone);
    expect(counts(bad, `[{ run: make a }, { run: make b, env: { A: b, FLAG: '\${{ ${bad} }}' } }]`)).not.toEqual(alone);
  });
});
