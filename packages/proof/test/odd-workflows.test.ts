import { describe, expect, it } from "vitest";
import { compare } from "./agreement.ts";
import { bytes, open, workflow } from "./models.ts";

/** Both models must see the same in every case; that there are several shows that the condition is looked at. */
function expectAgreement(text: string, files: Readonly<Record<string, string>> = {}): void {
  const load = (path: string): Uint8Array | undefined => (files[path] === undefined ? undefined : bytes(files[path]));
  const { problem, isWhole, cases } = compare(open(text), 8000, load);
  expect(problem, text).toBeUndefined();
  expect(isWhole, text).toBe(true);
  expect(cases, text).toBeGreaterThan(1);
}

const quoted = (condition: string): string => JSON.stringify(condition);

/** Two steps, a probe under the condition twice (with another step between them), and one that tells whether it ran. */
const probed = (condition: string): string =>
  workflow(`
  unit:
    runs-on: x
    steps:
      - id: a
        run: make a
        continue-on-error: true
      - id: b
        if: steps.a.outcome == 'success'
        run: make b
      - id: probe
        if: ${quoted(condition)}
        run: make probe
      - id: again
        if: ${quoted(condition)}
        run: make again
      - if: always() && steps.probe.outcome == 'skipped' && steps.again.outcome == 'success'
        run: make report`);

const gated = (condition: string): string =>
  workflow(`
  first:
    runs-on: x
    outputs:
      x: \${{ steps.s.outputs.x }}
    steps:
      - id: s
        run: make first
  second:
    if: github.ref == 'refs/heads/main'
    continue-on-error: true
    runs-on: x
    steps:
      - run: make second
  gate:
    if: ${quoted(condition)}
    needs: [first, second]
    runs-on: x
    steps:
      - run: make gate`);

describe("conditions of steps, in every case", () => {
  it.each([
    "always() && github.head_ref == github.base_ref",
    "github.ref != inputs.ref && always()",
    "github.run_attempt > 1",
    "always() && steps.a.outputs.count >= 2",
    "always() && steps.a.outcome < 'm'",
    "(!inputs.deep) == true",
    "(github.ref && inputs.deep) == 'yes'",
    "(github.ref || 'main') == 'main'",
    "(inputs.deep && 'yes' || 'no') == 'yes'",
    "('x' == inputs.kind) == (github.ref == 'y')",
    "startsWith(github.ref, 'x') == true",
    "always() && success() == false",
    "failure() != true",
    "(success() && inputs.deep) == 'yes'",
    "format('{0}', github.ref) == 'x'",
    "always() && hashFiles('**/lock') != ''",
    "always() && toJSON(github.event) != '{}'",
    "always() && toJSON(job) != ''",
    "github != ''",
    'always() && contains(fromJSON(\'["failure", "skipped"]\'), steps.b.outcome)',
    "contains(fromJSON('[1, 2]'), github.run_attempt)",
    "always() && contains(steps.a.outcome, 'fail')",
    "always() && contains(steps.b.outputs.list, 'x')",
    "always() && contains(format('{0} {1}', steps.b.outputs.x, steps.a.outputs.y), 'z')",
    "always() && startsWith(steps.b.outputs.x, '')",
    "always() && format('{0}-{1}', steps.a.outcome, steps.b.conclusion) == 'failure-skipped'",
    "always() && format('{0}-{1}', steps.a.outcome, github.ref) == 'failure-x'",
    "always() && contains(join(steps.*.outcome), 'skipped')",
    "always() && contains(join(steps.*.outcome, ', '), 'e, s')",
    "always() && contains(toJSON(steps), 'skipped')",
    "always() && contains(toJSON(steps.*.conclusion), 'failure')",
    "always() && contains(steps.*.conclusion, 'failure')",
    "always() && contains(steps.*.outputs.x, 'failure')",
    "always() && contains(steps.*, 'failure')",
    "always() && contains(steps.*.outcome, github.ref)",
    "always() && contains(steps.*.outcome, 1)",
    "always() && startsWith(join(steps.*.outcome), 'failure')",
    "always() && contains(join(github.event.commits.*.id), 'skipped')",
    "contains(github.event.pull_request.labels.*.name, 'ci')",
    "always() && steps['a'].outcome == 'failure'",
    "always() && STEPS.A.OUTCOME == 'FAILURE'",
    "always() && steps.a['outputs'].x == 'y'",
    "github['ref'] == 'x'",
    "github.event[inputs.key] == 'x'",
    "fromJSON(inputs.list)[0] == 'x'",
    "always() && fromJSON(steps.b.outputs.json).x",
    "always() && fromJSON(steps.b.outputs.json) == fromJSON(github.event.x)",
    "always() && !fromJSON(inputs.flag)",
    "always() && (fromJSON(inputs.flag) || github.ref == 'x')",
    "always() && (github.ref == 'x' || fromJSON(inputs.flag))",
    "always() && (inputs.on && fromJSON(inputs.flag))",
    "env.MODE == 'x'",
    "always() && steps.a.outputs.x == steps.a.outputs.y",
    "always() && steps.a.nothing == ''",
    "always() && steps.nobody.outcome == ''",
    "always() && steps.nobody.conclusion == ''",
    "always() && steps.nobody.outputs.x == ''",
    "always() && job.status == 'failure'",
    "always() && inputs.status == 'failure'",
    "always() && job.container == 'x'",
    "always() && job.status.deep == 'x'",
    "always() && steps.status == ''",
    "cancelled() || failure()",
    "!cancelled() && inputs.deep == true",
    "inputs.deep == false || inputs.deep == 'false' || inputs.deep == 0",
    "inputs.count == 1 || inputs.count == '1'",
    "inputs.text == null || inputs.text == ''",
    "github.ref == 'A' || github.ref == 'a'",
    "${{ github.ref }}${{ github.sha }}",
    "${{ 'false' }}",
    "${{ github.ref == 'x' }}",
    "${{ failure() }} || true",
    "success() && runner.os == 'Linux'",
    "always() && toJSON(runner) != '' && runner.os == 'Linux'",
  ])("%s", (condition) => expectAgreement(probed(condition)));
});

describe("soft-fails, in every case", () => {
  it.each([
    '" ${{ inputs.edge }} "',
    "${{ inputs.edge }}",
    "${{ inputs.edge == 'x' && github.ref != 'y' }}",
    "${{ fromJSON(inputs.edge) }}",
    "${{ inputs.edge }}${{ inputs.deep }}",
    "x${{ inputs.edge }}",
    "${{ 'x' }}",
    "'true'",
    "yes",
    "~",
  ])("%s", (value) => {
    expectAgreement(
      workflow(`
      unit:
        continue-on-error: ${value}
        runs-on: x
        steps:
          - run: make a
            continue-on-error: ${value}
          - run: make b
      ship:
        needs: unit
        runs-on: x
        steps:
          - run: make ship`),
    );
  });
});

describe("conditions of jobs, in every case", () => {
  it.each([
    "always() && contains(needs.*.result, 'failure') == true",
    "always() && contains(needs.*.result, github.ref)",
    "always() && contains(join(needs.*.result, ', '), 's, s')",
    "always() && contains(join(needs.*.result), 'fail')",
    "always() && contains(toJSON(needs.*.result), 'skipped')",
    "always() && contains(toJSON(needs), 'failure')",
    "always() && contains(needs.*.outputs.x, 'failure')",
    "always() && join(needs.*.outputs.x) == ''",
    "always() && contains('success, skipped', needs.second.result)",
    "always() && contains(needs.first.result, 'fail')",
    "always() && contains(needs.*, 'failure')",
    "always() && contains(needs.*.result.x, 'failure')",
    "always() && contains(needs.*.status, 'failure')",
    "always() && needs.first.conclusion == 'success'",
    "always() && needs.first.conclusion == ''",
    "always() && needs.first.outputs['x'] == 'y'",
    "always() && needs.first.outputs.nothing == 'y'",
    "always() && needs['second'].result != 'success'",
    "always() && needs.third.result == ''",
    "always() && needs.first.result == needs.second.result",
    "always() && needs.first.result != 'cancelled'",
    "needs.first.outputs.x == 'y' || needs.first.outputs.x == true",
    "always() && contains(needs.first.outputs.x, 'y')",
    "always() && fromJSON(needs.first.outputs.x).y",
    "always() && steps.s.outcome == ''",
    "failure() || needs.second.result == 'skipped'",
    "!failure() && !cancelled()",
    "always() && inputs.result == 'failure' && github.result == 'x'",
  ])("%s", (condition) => expectAgreement(gated(condition)));
});

describe("outputs of jobs, in every case", () => {
  it.each([
    "x: ${{ steps.a.outputs.x }}",
    "X: ${{ steps.A.outputs.x }}",
    "x: ${{ steps.a.outputs.x || steps.b.outputs.x }}",
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
    "    - id: a\n      run: make a\n      shell: bash\n    - if: failure() || inputs.deep == 'yes' || runner.os == 'x'\n      run: make b\n      shell: bash\n    - if: always() && job.status == 'success' && steps.a.outcome == 'success'\n      run: make c\n      shell: bash\n",
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
