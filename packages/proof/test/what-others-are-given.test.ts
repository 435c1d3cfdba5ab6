import { describe, expect, it } from "vitest";
import { prove, workflow } from "./models.ts";

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
      env: { LINT: "\${{ needs.lint.result }}", REF: "\${{ github.ref }}" }
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
    const passed = file(`on: { workflow_call: { inputs: { lint: { type: string } } } }
jobs:
  first: { runs-on: x, if: inputs.lint == 'skipped', steps: [{ run: make first, continue-on-error: true }] }
  last:
    needs: first
    if: always()
    runs-on: x
    steps: [run: make unit, { if: needs.first.result == 'success', run: make test }]
`);
    expect(judged(calling, passed)).toBe("weaker");
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
