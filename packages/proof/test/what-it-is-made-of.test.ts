import { describe, expect, it } from "vitest";
import { without } from "./fixing.ts";
import { prove, seen, workflow } from "./models.ts";

const soft = "continue-on-error: true";

describe("an output that says what became of a step", () => {
  /** The job may fail, and another one asks for its output: what the fix makes of the step decides whether that one runs. */
  const text = (output: string, when = "== 'success'"): string =>
    workflow(`
    unit:
      runs-on: x
      continue-on-error: \${{ true }}
      outputs: { ok: "${output}" }
      steps:
        - id: test
          run: make test
          ${soft}
    more:
      needs: unit
      if: always() && needs.unit.outputs.ok ${when}
      runs-on: x
      steps:
        - run: make more`);
  const judged = (output: string, when?: string): string =>
    prove(text(output, when), without(text(output, when))).judgement;

  it.each([
    "${{ steps.test.conclusion }}",
    "${{ job.status }}",
    "${{ format('{0}', steps.test.conclusion) }}",
    "it is ${{ steps.test.conclusion }}",
    "${{ toJSON(steps) }}",
  ])("%s: loses what ran for it", (output) => {
    expect(judged(output)).toBe("weaker");
  });

  it.each(["${{ steps.test.outcome }}", "${{ steps.test.outputs.ok }}", "${{ github.ref }}"])("%s: stays", (output) => {
    expect(judged(output)).toBe("bites");
  });

  it("is free as soon as there is more to it, also in legs that differ", () => {
    const more = (output: string, told = {}): string | undefined => seen(text(output), told)["check of more"];
    const two = "${{ steps.test.conclusion }}${{ github.ref }}";
    expect(more(two)).toBe("skipped");
    expect(more(two, { "unit gives [steps.test.conclusion=success] needs.unit.outputs.ok": "success" })).toBe(
      "success",
    );
    const legs = (output: string): string =>
      text(output)
        .replace("outputs:", "strategy: { matrix: { os: [linux, mac] } }\n    outputs:")
        .replace("make test", "make test\n        if: matrix.os == 'linux'");
    const asked = (output: string, key: string): string | undefined =>
      seen(legs(output), { [`unit gives ${key}needs.unit.outputs.ok`]: "success" })["check of more"];
    expect(asked("${{ steps.test.outcome }}", "[steps.test.outcome=success; steps.test.outcome=skipped] ")).toBe(
      "success",
    );
    expect(asked("${{ steps.test.outputs.ok }}", "[; without steps.test] ")).toBe("success");
    expect(asked("${{ github.ref }}", "")).toBe("success");
    expect(asked("${{ matrix.os }}", "[matrix.os=linux; matrix.os=mac] ")).toBe("success");
  });

  it("is followed word for word where it is nothing else", () => {
    expect(judged("${{ steps.test.conclusion }}", "!= 'skipped'")).toBe("bites");
    expect(seen(text("${{ (steps.test.outcome) }}"), { "unit / make test": "failure" })["check of more"]).toBe(
      "skipped",
    );
    expect(seen(text("${{ steps.nobody.outcome }}", "== ''"))["check of more"]).toBe("success");
  });
});

describe("an output of steps that did not run", () => {
  const text = (output: string): string =>
    workflow(`
    unit:
      runs-on: x
      outputs: { ok: "${output}" }
      steps:
        - id: test
          if: false
          run: make test
    more:
      needs: unit
      if: needs.unit.outputs.ok == ''
      runs-on: x
      steps:
        - run: make more`);
  const checks = (output: string, told = {}): string | undefined => seen(text(output), told)["check of more"];

  it.each(["${{ steps.test.outputs.ok }}", "${{ steps.test.outputs.ok || steps.nobody.outputs.ok }}"])(
    "%s: is empty",
    (output) => {
      expect(checks(output)).toBe("success");
    },
  );

  it("is as empty where it is that of another job", () => {
    const two = (output: string): string =>
      text("${{ steps.nobody.outcome }}") +
      workflow(`
    last:
      needs: unit
      runs-on: x
      outputs: { ok: "${output}" }
      steps:
        - run: make last
    end:
      needs: last
      if: needs.last.outputs.ok == ''
      runs-on: x
      steps:
        - run: make end`).slice("on: push\njobs:\n".length);
    const end = (output: string, told = {}): string | undefined => seen(two(output), told)["check of end"];
    expect(end("${{ needs.unit.outputs.ok || needs.unit.outputs.none }}", {})).toBe("skipped");
    expect(end("${{ needs.unit.outputs.ok || steps.nobody.outputs.ok }}")).toBe("success");
    expect(
      end("at ${{ needs.unit.outputs.ok }}", { "last gives [without needs.unit] needs.last.outputs.ok": "" }),
    ).toBe("success");
  });

  it.each(["${{ steps.test.outputs.ok || 'none' }}", "no ${{ steps.test.outputs.ok }}"])("%s: is not", (output) => {
    expect(checks(output)).toBe("skipped");
    expect(checks(output, { "unit gives [without steps.test] needs.unit.outputs.ok": "" })).toBe("success");
  });
});

describe("what is given to others says what became of something", () => {
  /** The fix lets the job run that counted as skipped, and what ran for that does not run any more. */
  const ask = (told: string): string =>
    workflow(`
    lint:
      if: false && github.ref
      runs-on: x
      steps:
        - run: make lint
    unit:
      needs: lint
      if: always()
      ${told}`);
  const judged = (told: string, load?: (path: string) => Uint8Array | undefined): string =>
    prove(ask(told), ask(told).replace("false && ", ""), load === undefined ? {} : { load }).judgement;
  const file = (text: string) => (): Uint8Array => new TextEncoder().encode(text);

  it("in the environment", () => {
    const job = `runs-on: x
      env: { LINT: "\${{ needs.lint.result }}" }
      steps:
        - if: env.LINT == 'skipped'
          run: make test`;
    expect(judged(job)).toBe("weaker");
    expect(judged(job.replace("needs.lint.result", "github.ref"))).not.toBe("weaker");
    const step = `runs-on: x
      steps:
        - if: env.LINT == 'skipped'
          run: make test
          env: { LINT: "\${{ needs.lint.result }} \${{ env.MORE }}" }`;
    expect(judged(step)).toBe("weaker");
  });

  it("in a variable, and not in another one", () => {
    const job = (env: string, when = "env.LINT == 'skipped'"): string => `runs-on: x
      env: ${env}
      steps:
        - if: ${when}
          run: make test`;
    const lint = "${{ needs.lint.result }}";
    expect(judged(job(`{ Lint: "${lint}" }`))).toBe("weaker");
    expect(judged(job(`{ LINT: "\${{ github.ref }}", MORE: "${lint}" }`))).not.toBe("weaker");
    expect(judged(job(`{ "\${{ github.ref }}": "${lint}" }`))).toBe("weaker");
    expect(judged(job(`{ "${lint}": yes }`))).toBe("weaker");
    expect(judged(job(`\${{ fromJSON(format('{0}', needs.lint.result)) }}`))).toBe("weaker");
    expect(judged(job(`{ MORE: "${lint}" }`, "contains(toJSON(env), 'skipped')"))).toBe("weaker");
  });

  it.each([
    "env: { LINT: $ }\n          if: env.LINT == 'skipped'\n          run: make test",
    "uses: ./test\n          with: { lint: $ }",
  ])("by an output that a step is given: %s", (step) => {
    const action = file(
      "runs:\n  using: composite\n  steps:\n    - if: inputs.lint == 'skipped'\n      run: make test\n      shell: bash\n",
    );
    const job = `runs-on: x
      outputs: { lint: "\${{ needs.lint.result }}" }
      steps:
        - run: make unit
    test:
      needs: unit
      if: always()
      runs-on: x
      steps:
        - ${step.replace("$", '"${{ needs.unit.outputs.lint }}"')}`;
    expect(judged(job, action)).toBe("weaker");
  });

  it("by an output, and by another one that is made of it", () => {
    const pass = (output: string): string => `runs-on: x
      outputs: { lint: "\${{ ${output} }}" }
      steps:
        - run: make unit`;
    const others = (output: string): string => `${pass(output)}
    again:
      needs: unit
      if: always()
      ${pass("needs.unit.outputs.lint")}
    test:
      needs: again
      if: always() && needs.again.outputs.lint == 'skipped'
      runs-on: x
      steps:
        - run: make test`;
    expect(judged(others("needs.lint.result"))).toBe("weaker");
    expect(judged(others("github.ref"))).not.toBe("weaker");
  });

  it("in a variable that is made of those around it", () => {
    const job = (own: string, around = "LINT"): string => `runs-on: x
      env: { ${around}: "\${{ needs.lint.result }}" }
      steps:
        - if: env.LINT == 'skipped'
          run: make test
          env: { LINT: "\${{ ${own} }}" }`;
    expect(judged(job("env.LINT"))).toBe("weaker");
    expect(judged(job("env.More", "MORE"))).toBe("weaker");
    expect(judged(job("toJSON(env)", "MORE"))).toBe("weaker");
    expect(judged(job("env.LESS", "MORE"))).not.toBe("weaker");
  });

  it("beside a step that always runs", () => {
    const job = (step: string): string => `runs-on: x
      env: { LINT: "\${{ needs.lint.result }}" }
      steps:
        - run: make unit
        - ${step}`;
    const action = file(
      "runs: { using: composite, steps: [{ if: env.LINT == 'skipped', run: make test, shell: bash }] }",
    );
    expect(judged(job("{ if: env.LINT == 'skipped', run: make test }"))).toBe("weaker");
    expect(judged(job("uses: ./test"), action)).toBe("weaker");
    const called = file(`on: { workflow_call: { inputs: { lint: { type: string } } } }
env: { LINT: "\${{ inputs.lint }}" }
jobs:
  test: { runs-on: x, steps: [run: make unit, { if: inputs.lint == 'skipped', run: make test }] }
  again: { runs-on: x, steps: [run: make unit, { if: env.LINT == 'skipped', run: make test }] }
`);
    const calling = "uses: ./.github/workflows/test.yml\n      with: { lint: '${{ needs.lint.result }}' }";
    for (const lost of ["test", "again"]) {
      const only = file(new TextDecoder().decode(called()).replace(new RegExp(`\\n  ${lost}: .*`, "u"), ""));
      expect(judged(calling, only), lost).toBe("weaker");
    }
  });

  it("by an output of a workflow that is given it", () => {
    const called = file(`on:
  workflow_call:
    inputs: { lint: { type: string } }
    outputs: { lint: { value: "\${{ inputs.lint }}" } }
jobs:
  test: { runs-on: x, steps: [run: make unit] }
`);
    const job = (told: string): string => `uses: ./.github/workflows/test.yml
      with: { lint: "\${{ ${told} }}" }
    test:
      needs: unit
      if: always() && needs.unit.outputs.lint == 'skipped'
      runs-on: x
      steps:
        - run: make test`;
    expect(judged(job("needs.lint.result"), called)).toBe("weaker");
    expect(judged(job("github.ref"), called)).not.toBe("weaker");
  });

  it("to a workflow", () => {
    const called = file(`on: { workflow_call: { inputs: { lint: { type: string } } } }
jobs:
  test:
    if: inputs.lint == 'skipped'
    runs-on: x
    steps:
      - run: make test
`);
    const job = `uses: ./.github/workflows/test.yml
      with: { lint: "\${{ needs.lint.result }}" }`;
    expect(judged(job, called)).toBe("weaker");
    expect(judged(job.replace("needs.lint.result", "github.ref"), called)).not.toBe("weaker");
    expect(judged(job.replace("lint:", "more: 'no', lint:").replace("lint: ", "less: "), called)).not.toBe("weaker");
    const all = file(new TextDecoder().decode(called()).replace("inputs.lint ==", "toJSON(inputs) !="));
    expect(judged(job, all)).toBe("weaker");
  });

  it("to an action, and in its environment", () => {
    const action = (context: string): (() => Uint8Array) =>
      file(`name: Test
inputs: { lint: { default: "" } }
runs:
  using: composite
  steps:
    - if: ${context}.lint == 'skipped'
      run: make test
      shell: bash
`);
    const whole = file(new TextDecoder().decode(action("inputs")()).replace("inputs.lint ==", "toJSON(inputs) !="));
    const job = `runs-on: x
      steps:
        - uses: ./test
          with: { lint: "\${{ needs.lint.result }}" }
          env: { lint: "\${{ needs.lint.result }}" }`;
    expect(judged(job, action("inputs"))).toBe("weaker");
    expect(judged(job, whole)).toBe("weaker");
    expect(judged(job.replace("lint:", "more:"), action("inputs"))).not.toBe("weaker");
    expect(judged(job, action("env"))).toBe("weaker");
    expect(judged(job, action("github"))).not.toBe("weaker");
  });
});
