import { describe, expect, it } from "vitest";
import type { Proof } from "../src/index.ts";
import { without } from "./fixing.ts";
import { claim, prove, workflow } from "./models.ts";

const reasonOf = (before: string, after: string): string | undefined => {
  const proof: Proof = prove(before, after);
  return proof.judgement === "unknown" ? claim(proof, "never-weaker").reason : undefined;
};

describe("a change of several jobs", () => {
  const text = (lint: string, unit: string): string =>
    workflow(`
    lint:
      runs-on: x
      steps:
        - name: Lint
          run: make lint
          ${lint}
    unit:
      runs-on: x
      steps:
        - name: Test
          run: ${unit}`);

  it("is not known where that of one of them is not", () => {
    const soft = text("continue-on-error: true", "make unit || true");
    expect(reasonOf(soft, text("if: always()", "make unit"))).toBe(
      'the script of step "Test" is changed, and it is not known when it fails',
    );
  });
});

describe("a shell that is written out where it was the default", () => {
  it("counts as another one", () => {
    const text = (shell: string): string =>
      workflow(`
      unit:
        runs-on: ubuntu-latest
        defaults: { run: { shell: bash } }
        steps:
          - name: Test
            run: make unit
            ${shell}`);
    expect(reasonOf(text("# as above"), text("shell: bash"))).toBe(
      'what step "Test" is given is changed, and it is not known when it fails',
    );
  });
});

describe("outputs that others read", () => {
  const text = (output: string, reads: string, soft = "continue-on-error: true"): string =>
    workflow(`
    pick:
      runs-on: x
      outputs: { x: "${output}" }
      steps:
        - run: make pick
          ${soft}
    unit:
      needs: pick
      runs-on: x
      steps:
        - run: make unit
          env: { X: "\${{ ${reads} }}" }`);
  const read = "needs.pick.outputs.x";

  it("are no hindrance as long as they stay as they are", () => {
    expect(prove(text("a", read), without(text("a", read))).judgement).toBe("bites");
  });

  it("are one where they change, also if they are read before or after only", () => {
    const reason = "what job pick tells others is changed";
    expect(reasonOf(text("a", read), text("b", "github.ref"))).toBe(reason);
    expect(reasonOf(text("a", "github.ref"), text("b", read))).toBe(reason);
  });
});

describe("jobs that another one needs", () => {
  const gate = (needs: string, job: string, steps: string): string =>
    workflow(`
    lint:
      runs-on: x
      steps:
        - run: make lint
    unit:
      runs-on: x
      steps:
        - run: make unit
    done:
      ${job}
      needs: [${needs}]
      steps:
        - ${steps}`);

  it.each([
    ["if: ${{ always() && !contains(needs.*.result, 'failure') }}\n      runs-on: x", "run: make done"],
    ["if: always()\n      runs-on: x", "if: ${{ contains(needs.*.result, 'failure') }}\n          run: make red"],
    ["if: always()\n      runs-on: ${{ vars.RUNNER }}", "run: make done"],
  ])("are followed where conditions read them: %s, %s", (job, steps) => {
    expect(reasonOf(gate("unit", job, steps), gate("unit, lint", job, steps))).toBeUndefined();
    expect(reasonOf(gate("unit, lint", job, steps), gate("unit", job, steps))).toBeUndefined();
  });

  it("are no hindrance to a step that is given what became of them, as long as they are the same", () => {
    const shown = gate("unit, lint", "runs-on: x", "run: make done\n          env: { ALL: '${{ toJSON(needs) }}' }");
    expect(
      reasonOf(shown, shown.replace("runs-on: x\n    needs", "if: always()\n    runs-on: x\n    needs")),
    ).toBeUndefined();
    expect(reasonOf(shown, shown.replace("run: make done", "run: make done\n        if: always()"))).toBeUndefined();
  });
});

describe("what starts a workflow and ends its legs", () => {
  const text = (top: string, strategy: string): string =>
    `${top}\njobs:\n  lint:\n    runs-on: x\n    steps:\n      - run: make lint\n        continue-on-error: true\n  unit:\n    ${strategy}\n    runs-on: x\n    steps:\n      - run: make unit\n`;
  const plain = text("on: push", "name: Unit");

  it("is no hindrance where it stays as it is", () => {
    const slow = text("on: push\nconcurrency: one", "strategy: { fail-fast: false, matrix: { os: [a, b] } }");
    expect(prove(slow, without(slow)).judgement).toBe("bites");
  });

  it("is read from what a parser of YAML 1.1 writes for `on`", () => {
    expect(reasonOf(text("true: push", "name: Unit"), text("true: [push]", "name: Unit"))).toBeUndefined();
    expect(reasonOf(text("true: push", "name: Unit"), text("true: schedule", "name: Unit"))).toBe(
      "what starts the workflow is changed, and it is not known whether push does as before",
    );
  });

  it("is nothing without a matrix", () => {
    const [slow, fast] = [false, true].map((pace) => text("on: push", `strategy: { fail-fast: ${pace} }`));
    expect(prove(slow ?? "", fast ?? "").judgement).toBe("no-change");
    expect(reasonOf(slow ?? "", plain)).toBeUndefined();
    const empty = text("on: push\ndefaults:", "strategy:");
    expect(prove(empty, without(empty)).judgement).toBe("bites");
  });
});

it.each(['"steps": &steps ', '"steps":&steps '])("what one job defines another may use: %s", (key) => {
  const text = (rest: string): string =>
    workflow(`
    unit: { if: false, runs-on: x, ${key}[{ run: make test${rest} }] }
    again: { runs-on: x, ${key.replace("&steps ", "*steps ")}}`);
  const proof = prove(text(", continue-on-error: true"), text(""));
  expect(proof.judgement).toBe("bites");
  expect(claim(proof, "bites").observed.map(({ observable }) => observable)).toContain("check of again");
});

it.each(["runs-on: *label", "runs-on: x, env: { *label : yes }"])(
  "what one job names another may use as well: %s",
  (use) => {
    const text = (label: string): string =>
      workflow(`
    unit: { runs-on: x, outputs: { &label ${label}: yes }, steps: [{ run: make test }] }
    again: { ${use}, steps: [{ run: make again }] }`);
    expect(prove(text("linux"), text("windows")).judgement).toBe("unknown");
  },
);
