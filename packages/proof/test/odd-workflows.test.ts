import { describe, expect, it } from "vitest";
import { compare } from "./agreement.ts";
import { expectAgreement, quoted } from "./every-case.ts";
import { open, workflow } from "./models.ts";

describe("outputs of jobs, in every case", () => {
  it.each([
    "x: ${{ steps.a.outputs.x }}",
    "X: ${{ steps.A.outputs.x }}",
    "x: ${{ steps.a.outputs.x || steps.b.outputs.x }}",
    "x: ${{ steps.a.outputs.x || steps.b.outputs.x || steps.nobody.outputs.x }}",
    "x: ${{ 'all' }}",
    "x: ${{ steps.a.outputs.x }} and ${{ steps.b.outputs.x }} and ${{ steps.a.outputs.y }}",
    "x: ${{ github.ref }}${{ steps.a.outputs.x }}",
    "x: ${{ steps.*.outputs.x }}",
    "x: ${{ toJSON(steps) }}",
    "x: ${{ steps.nobody.outputs.x }}",
    "x: ${{ needs.a.outputs.x }}",
    "x: always",
    "x: 5",
    "x:",
    "y: ${{ steps.a.outputs.x }}",
  ])("%s", (outputs) => {
    const text = (strategy: string, condition: string): string =>
      workflow(`
      pick:
        if: github.ref == 'refs/heads/main'
        ${strategy}
        runs-on: x
        outputs:
          ${outputs}
        steps:
          - id: a
            if: inputs.a == 'yes'
            run: make a
          - id: b
            if: inputs.b == 'yes'
            run: make b
      unit:
        needs: pick
        if: always() && (${condition})
        runs-on: x
        steps:
          - run: make unit`);
    const asked = ["needs.pick.outputs.x == 'y'", "contains(needs.pick.outputs.x, 'y') || needs.pick.outputs.x == ''"];
    for (const condition of asked) {
      expectAgreement(text("name: Pick", condition));
      expectAgreement(text("strategy: { matrix: { os: [linux, mac], edge: [true] } }", condition));
    }
  });

  it("are free where the job has none, or not in the way that is known", () => {
    const asking = (job: string): string =>
      workflow(`
      pick:
        ${job}
      unit:
        needs: pick
        if: needs.pick.outputs.x == 'y'
        runs-on: x
        steps:
          - run: make unit`);
    expectAgreement(asking("{ runs-on: x, steps: [{ run: make a }] }"));
    expectAgreement(asking("{ runs-on: x, outputs: text, steps: [{ run: make a }] }"));
    expectAgreement(asking("{ runs-on: x, outputs: ~, steps: [{ run: make a }] }"));
    expectAgreement(
      asking("{ if: false, runs-on: x, outputs: { x: '${{ steps.a.outputs.x }}' }, steps: [{ id: a, run: make a }] }")
        .replace("if: needs", "if: always() && needs")
        .replace("== 'y'", "== ''"),
    );
    expectAgreement(asking("{ uses: ./.github/workflows/pick.yml }"));
    expectAgreement(
      asking(
        "{ strategy: { matrix: { os: [linux, mac] } }, runs-on: x, outputs: { x: '${{ steps.a.outputs.x }}' }, steps: [{ id: a, if: matrix.os == 'mac', run: make a }] }",
      ),
    );
  });
});

describe("matrices, in every case", () => {
  const many = (count: number): string => `[${Array.from({ length: count }, (_, index) => index).join(", ")}]`;
  const asking = (matrix: string, condition: string): string =>
    workflow(`
    unit:
      strategy: { matrix: ${matrix} }
      continue-on-error: \${{ matrix.edge == true }}
      runs-on: x
      steps:
        - if: ${quoted(condition)}
          run: make test`);
  const axes = "{ os: [linux, mac], edge: [true, false] }";

  it.each([
    [axes, "matrix.os == 'linux'"],
    [axes, "MATRIX.OS == 'Linux' && matrix['edge']"],
    [axes, "inputs.os == 'mac' && matrix.os == 'linux'"],
    [axes, "contains(toJSON(matrix), 'x')"],
    [axes, "contains(matrix.*, 'linux')"],
    [axes, "matrix.nothing == ''"],
    [axes, "matrix.os.deeper == ''"],
    [axes, "matrix.os[0] == ''"],
    [axes, "github.ref == 'x' && matrix.os == 'linux'"],
    ["{ os: [linux, mac], exclude: [{ os: mac }] }", "matrix.os == 'linux'"],
    ["{ os: [linux, mac], edge: [true, false], exclude: [{ os: mac, edge: true }] }", "matrix.os == 'mac'"],
    ["{ os: [linux, mac], edge: [true, false], exclude: [{ os: mac }] }", "matrix.os != 'mac'"],
    ["{ include: [{ os: linux }, { os: mac, edge: true }] }", "matrix.os == 'mac'"],
    ["{ os: [linux], include: [{ os: mac }, { os: linux, edge: true }, { tier: gold }] }", "matrix.tier == 'gold'"],
    ["{ os: '${{ fromJSON(inputs.os) }}' }", "matrix.os == 'mac'"],
    ["{ os: [linux], include: '${{ fromJSON(inputs.more) }}' }", "matrix.os == 'mac'"],
    ["{ os: [linux], exclude: '${{ fromJSON(inputs.less) }}' }", "matrix.os == 'mac'"],
    ["{ os: [linux], include: [text] }", "matrix.os == 'mac'"],
    ["'${{ fromJSON(inputs.matrix) }}'", "matrix.os == 'mac'"],
    ["[linux, mac]", "matrix.os == 'mac'"],
    ["{ os: ['${{ inputs.os }}', mac] }", "matrix.os == 'mac'"],
    ["{ config: [{ name: a, deep: true }, { name: b }, null, text] }", "matrix.config.deep"],
    ["{ config: [{ name: a }, { name: b }] }", "matrix.config.name == 'a' && matrix.configname == ''"],
    ["{ config: [{ name: a }, { name: b }] }", "matrix.config != ''"],
    ["{ count: [1, 2, 1.5] }", "matrix.count > 1"],
    ["{ text: [null, '', x] }", "matrix.text == ''"],
    [`{ number: ${many(64)} }`, "matrix.number == 'none'"],
    [`{ number: ${many(65)} }`, "matrix.number == 3"],
    [`{ a: ${many(23)}, b: ${many(23)}, edge: [true] }`, "matrix.edge"],
    [`{ a: ${many(32)}, b: ${many(16)}, edge: [true] }`, "matrix.edge"],
    [`{ edge: [true], a: ${many(23)}, b: ${many(23)} }`, "matrix.edge"],
    ["{ os: [] }", "matrix.os == 'mac'"],
  ])("%s, %s", (matrix, condition) => {
    const text = asking(matrix, condition);
    // Where there are as many legs as can be, every case is too many.
    if (matrix.includes("63]")) expect(compare(open(text), 50).problem).toBeUndefined();
    else expectAgreement(text);
  });
});

describe("composite actions and called workflows, in every case", () => {
  const action = (steps: string): string => `runs:\n  using: composite\n  steps:\n${steps}`;
  const using = (uses: string): string =>
    workflow(`
    unit:
      runs-on: x
      steps:
        - id: setup
          uses: ${uses}
          continue-on-error: true
        - if: steps.setup.outcome == 'failure' && inputs.deep == 'yes'
          run: make unit`);
  const inner = action(
    "    - id: a\n      run: make a\n      shell: bash\n    - if: failure() || contains(inputs.deep, 'yes') || runner.os == 'x'\n      run: make b\n      shell: bash\n    - if: always() && job.status == 'success' && steps.a.outcome == 'success'\n      run: make c\n      shell: bash\n",
  );

  it.each([
    "./",
    "./.",
    "./tools",
    "./tools/",
    "./tools//",
    "./tools/../tools",
    "./other",
    "./workflow",
    "octo/tools@v1",
  ])("%s", (uses) => {
    expectAgreement(using(uses), {
      "action.yml": inner,
      "tools/action.yaml": inner,
      // Nothing is looked for by such a path, although it would be there.
      "tools/../tools/action.yml": inner,
      "workflow/action.yml": "on: push\njobs: {}\n",
    });
  });

  it("ends a composite action at a condition that cannot be evaluated, but not a job", () => {
    const faulty =
      "- if: fromJSON(inputs.flag)\n      run: make a\n      shell: bash\n    - if: always()\n      run: make b\n      shell: bash\n";
    expectAgreement(using("./tools"), { "tools/action.yml": action(`    ${faulty}`) });
    expectAgreement(
      workflow(`
      unit:
        runs-on: x
        steps:
          - if: fromJSON(inputs.flag)
            run: make a
          - if: always()
            run: make b
          - if: always() && steps.b.outcome == 'x'
            run: make c`),
    );
  });

  const calling = (file: string): string =>
    workflow(`
    one:
      uses: ${file}
      with: { deep: yes }
    two:
      uses: ${file}
    done:
      if: always() && needs.one.result == 'skipped' && needs.two.result != 'skipped'
      needs: [one, two]
      runs-on: x
      steps:
        - run: make done`);

  it("gives each call of a workflow its own inputs, and tries both where all of it is skipped", () => {
    const called =
      "on: workflow_call\njobs:\n  unit:\n    if: inputs.deep == 'yes'\n    runs-on: x\n    steps:\n      - run: make unit\n";
    expectAgreement(calling("./.github/workflows/test.yml"), { ".github/workflows/test.yml": called });
    expectAgreement(calling("./.github/workflows/none.yml"), { ".github/workflows/test.yml": called });
    expectAgreement(calling("./test/action.yml"), { "test/action.yml": inner });
  });

  it("follows what calls itself only so far", () => {
    const itself = "on: workflow_call\njobs:\n  again:\n    uses: ./.github/workflows/test.yml\n";
    expectAgreement(workflow("one:\n  uses: ./.github/workflows/test.yml"), { ".github/workflows/test.yml": itself });
    expectAgreement(using("./tools"), { "tools/action.yml": action("    - uses: ./tools\n") });
  });
});
