import { describe, expect, it } from "vitest";
import { jobNamed, stepsOf, view } from "./view.ts";

function conditionOf(written: string): { readonly constant: boolean | undefined; readonly implicitSuccess: boolean } {
  const [step] = stepsOf(`- run: make\n${written.replaceAll(/^/gmu, "  ")}`);
  if (step === undefined) throw new Error("no step");
  const { constant, implicitSuccess } = step.condition;
  return { constant, implicitSuccess };
}

describe("a condition", () => {
  it.each([
    ["if: false", false, true],
    ["if: ${{ false }}", false, true],
    ['if: "false"', false, true],
    ["if: False", false, true],
    ["if: false && github.ref == 'refs/heads/main'", false, true],
    ["if: always() && false", false, false],
    ["if: ${{ false }} # nightly only", false, true],
    ["if: ''", true, true],
    ["if:", true, true],
    ["name: no condition", true, true],
    ["if: true", true, true],
    ["if: always()", true, false],
    ["if: failure() || cancelled()", true, false],
    ["if: ${{ false }} || github.actor", true, true],
    ["if: |\n  ${{ false }}", true, true],
    ["if: always() && github.actor", undefined, false],
    ["if: github.actor == 'octocat'", undefined, true],
    ["if: inputs.deploy == false && inputs.x", undefined, true],
    ["if: ${{ github.actor ==", undefined, true],
    ["if: [false]", undefined, true],
  ])("%s", (written, constant, implicitSuccess) => {
    expect(conditionOf(written)).toEqual({ constant, implicitSuccess });
  });

  it("is read for jobs alike, and gives its scalar for edits", () => {
    const job = jobNamed(view("on: push\njobs:\n  lint:\n    if: false && github.actor\n    runs-on: x\n"), "lint");
    expect(job.condition.constant).toBe(false);
    expect(job.condition.scalar?.text).toBe("false && github.actor");
  });

  it("behind an alias has a value but no scalar, because others share its text", () => {
    const workflow = view(
      "on: push\njobs:\n  a:\n    if: &off false\n    runs-on: x\n  b:\n    if: *off\n    runs-on: x\n",
    );
    expect(jobNamed(workflow, "b").condition).toMatchObject({ constant: false, scalar: undefined });
  });
});

describe("a soft-fail", () => {
  it.each([
    ["name: none", { kind: "absent" }],
    ["continue-on-error: true", { kind: "literal", value: true }],
    ["continue-on-error: 'true'", { kind: "literal", value: true }],
    ["continue-on-error: false", { kind: "literal", value: false }],
    ["continue-on-error: ${{ true }}", { kind: "expression", constant: true }],
    ["continue-on-error: ${{ matrix.experimental }}", { kind: "expression", constant: undefined }],
    ["continue-on-error:", { kind: "literal", value: false }],
  ])("%s", (written, expected) => {
    const [step] = stepsOf(`- run: make\n  ${written}`);
    expect(step?.softFail).toMatchObject(expected);
  });
});
