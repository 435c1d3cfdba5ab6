import { describe, expect, it } from "vitest";
import { sha256 } from "../src/certificate/digest.ts";
import { checkCertificate, type Certificate, type ScriptModel } from "../src/index.ts";
import { bytes, claim, prove, steps, workflow } from "./models.ts";

/** Changes of a file, each with a fix in it that bites by itself, and something that takes red away or may do so. */
type Change = readonly [what: string, before: string, after: string];

const soft = "continue-on-error: true";
/** The same workflow with a soft-fail that the fix takes away, in a job of its own. */
const fixed = (jobs: string): readonly [string, string] => {
  const probe = (lines: string): string => `
  probe:
    runs-on: ubuntu-latest
    steps:
      - run: make probe${lines}
`;
  return [workflow(jobs) + probe(`\n        ${soft}`), workflow(jobs) + probe("")];
};
const edit = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
};
/** A fix together with another change of the same file. */
function disguised(what: string, jobs: string, from: string, to: string): Change {
  const [before, after] = fixed(jobs);
  return [what, before, edit(after, from, to)];
}

const plain = `
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Build
        id: build
        run: make build
      - name: Test
        if: always()
        run: make test
        env:
          BUILT: \${{ steps.build.outcome }}`;

const outputs = `
  pick:
    runs-on: ubuntu-latest
    outputs:
      deep: \${{ steps.pick.outputs.deep }}
    steps:
      - id: pick
        run: make pick
  unit:
    needs: pick
    if: needs.pick.outputs.deep == 'yes'
    runs-on: ubuntu-latest
    steps:
      - run: make test`;
const gate = `
  unit:
    runs-on: ubuntu-latest
    steps:
      - run: make unit
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  done:
    if: always()
    needs: [unit, lint]
    runs-on: ubuntu-latest
    env:
      RESULTS: \${{ join(needs.*.result) }}
    steps:
      - run: make ready`;
const matrix = `
  unit:
    strategy:
      fail-fast: false
      matrix:
        os: [linux, mac]
        edge: [true, false]
    runs-on: \${{ matrix.os }}
    steps:
      - if: matrix.edge
        run: make edge
      - run: make test`;
const anchored = `
  unit: { runs-on: x, steps: [&test { run: make test, name: Test }] }
  again: { runs-on: x, steps: [*test] }`;
const merged = `
  unit:
    if: false
    runs-on: x
    steps:
      - &test
        run: make test
        shell: bash
  again:
    runs-on: x
    steps:
      - <<: *test
        name: Again`;

/** Neither the prover takes it for a fix, nor does the checker believe a certificate that was made for another change. */
function expectFoundOut(before: string, after: string): void {
  const proof = prove(before, after);
  expect(["weaker", "unknown"]).toContain(proof.judgement);
  expect(claim(proof, "never-weaker").verdict).not.toBe("proved");
  const honest = [prove(before, edit(before, `        ${soft}\n`, "")), prove(before, before)];
  for (const { certificate } of honest) {
    const forged: Certificate = { ...certificate, before: sha256(before), after: sha256(after) };
    expect(checkCertificate(forged, bytes(before), bytes(after)).problems).not.toEqual([]);
  }
}

describe("a fix with something else in it", () => {
  it("bites without it", () => {
    const [before, after] = fixed(plain);
    expect(prove(before, after).judgement).toBe("bites");
  });

  it.each<Change>([
    disguised("a soft-fail elsewhere", plain, "        run: make build", `        run: make build\n        ${soft}`),
    disguised("a soft-fail of a job", plain, "  unit:", `  unit:\n    ${soft}`),
    disguised(
      "a soft-fail by an expression",
      plain,
      "  unit:",
      "  unit:\n    continue-on-error: ${{ github.ref == 'x' }}",
    ),
    disguised("a condition that waits for success", gate, "    if: always()\n", ""),
    disguised("a condition on the event", plain, "if: always()", "if: always() && github.event_name == 'push'"),
    disguised("a condition that is never true", plain, "if: always()", "if: false"),
    disguised("a condition that is text", plain, "if: always()", "if: ${{ false }}"),
    disguised("a condition on an output", plain, "if: always()", "if: always() && steps.build.outputs.x == 'y'"),
    disguised("a condition of the job", plain, "  unit:", "  unit:\n    if: github.ref == 'refs/heads/main'"),
    disguised(
      "a need that never runs",
      `${gate}\n  never:\n    if: false\n    runs-on: x\n    steps:\n      - run: make x`,
      "  lint:",
      "  lint:\n    needs: never",
    ),
    disguised("a condition that looks like one", gate, "if: always()", "if: always() && true == 'true'"),
    disguised("a need that fails on both sides", gate, "  lint:", "  lint:\n    needs: unit"),
    disguised("a step that goes", plain, "      - name: Build\n        id: build\n        run: make build\n", ""),
    disguised("an id that goes", plain, "        id: build\n", ""),
    disguised("an id that is another", plain, "id: build", "id: built"),
    disguised("a time limit", plain, "run: make test", "run: make test\n        timeout-minutes: 1"),
    disguised("a time limit of the job", plain, "  unit:", "  unit:\n    timeout-minutes: 1"),
    disguised("a container", plain, "  unit:", "  unit:\n    container: alpine"),
    disguised("another environment", plain, "  unit:", "  unit:\n    env: { TESTS: none }"),
    disguised("what runs at once", plain, "  unit:", "  unit:\n    concurrency: one"),
    disguised("another script", plain, "run: make test", "run: make tests"),
    disguised("another shell", plain, "run: make test", "run: make test\n        shell: bash {0}"),
    disguised("defaults of the job", plain, "  unit:", "  unit:\n    defaults: { run: { shell: 'bash {0}' } }"),
    disguised("defaults of all", plain, "on: push", "on: push\ndefaults: { run: { shell: 'bash {0}' } }"),
    disguised("the environment of all", plain, "on: push", "on: push\nenv: { TESTS: none }"),
    disguised("fewer rights", plain, "on: push", "on: push\npermissions: {}"),
    disguised("fewer events", plain, "on: push", "on: workflow_dispatch"),
    disguised("an event that is filtered", plain, "on: push", "on: { push: { branches: [none] } }"),
    disguised(
      "runs that end each other",
      plain,
      "on: push",
      "on: push\nconcurrency: { group: one, cancel-in-progress: true }",
    ),
    disguised("a key that is written otherwise", plain, "  unit:", "  unit:\n    Continue-On-Error: true"),
    disguised("a key that is there twice", plain, "run: make test", `run: make test\n        ${soft}\n        ${soft}`),
    disguised("a job of the same name", plain, "  unit:", "  UNIT:\n    runs-on: x\n    steps: [run: 'true']\n  unit:"),
    disguised("a job that goes", plain, plain.slice(1), ""),
    disguised("a step of the same id", plain, "name: Test", "id: BUILD"),
  ])("%s: is never proved", (_what, before, after) => {
    expectFoundOut(before, after);
  });
});

describe("a fix with a change of what others are given", () => {
  it.each<Change>([
    disguised("an output that is another", outputs, "deep: ${{ steps.pick.outputs.deep }}", "deep: 'no'"),
    disguised("an output that goes", outputs, "deep: ${{ steps.pick.outputs.deep }}", "deeper: 'no'"),
    disguised("an output of a step that is not there", outputs, "steps.pick.outputs", "steps.pic.outputs"),
    disguised("a need that is read by the environment", gate, "[unit, lint]", "[unit]"),
    disguised(
      "a need that is read by a script",
      edit(gate, "make ready", "grep ${{ format('}}') }} ${{ join(needs.*.result) }}").replace(/    env:\n.*\n/u, ""),
      "[unit, lint]",
      "[unit]",
    ),
    disguised(
      "a need that is read on a line of its own",
      edit(gate, "${{ join(needs.*.result) }}", `"\${{\\n\\u2028needs.unit.result }}"`),
      "[unit, lint]",
      "[unit]",
    ),
    disguised("fewer legs", matrix, "[linux, mac]", "[linux]"),
    disguised(
      "a leg that is left out",
      matrix,
      "        edge: [true, false]",
      "        edge: [true, false]\n        exclude: [{ edge: true }]",
    ),
    disguised("legs that end each other", matrix, "fail-fast: false", "fail-fast: true"),
    disguised("legs that end each other by default", matrix, "      fail-fast: false\n", ""),
    disguised("a step that is used by another job", anchored, "name: Test", soft),
    disguised(
      "a step that another job uses which does not run",
      anchored.replace("runs-on", "if: false, runs-on"),
      "name: Test",
      soft,
    ),
    disguised("a merged map", merged, "shell: bash", soft),
  ])("%s: is never proved", (_what, before, after) => {
    expectFoundOut(before, after);
  });

  it("finds out what a called workflow is given by needs that are others now", () => {
    const calling = edit(
      gate,
      "    runs-on: ubuntu-latest\n    env:\n      RESULTS: ${{ join(needs.*.result) }}\n    steps:\n      - run: make ready",
      "    uses: ./.github/workflows/done.yml\n    with:\n      results: ${{ join(needs.*.result) }}",
    );
    const [before, after] = fixed(calling);
    expect(prove(before, edit(after, "[unit, lint]", "[unit]")).judgement).toBe("unknown");
  });
});

describe("a fix of a script that is known", () => {
  const before = steps("\n- name: Test\n  run: pytest | tee log\n- run: make report");
  const after = edit(before, "run: pytest | tee log", "run: pytest | tee log\n        shell: bash");
  const scripts: ScriptModel = ({ script, shell }) =>
    script?.text.startsWith("pytest") !== true
      ? undefined
      : shell.pipefail
        ? { any: [{ command: "pytest" }, { command: "tee" }] }
        : { command: "tee" };

  it("bites", () => {
    expect(prove(before, after, { scripts }).judgement).toBe("bites");
  });

  it.each([
    ["its environment", "shell: bash", "shell: bash\n        env: { PYTEST_ADDOPTS: --collect-only }"],
    ["its folder", "shell: bash", "shell: bash\n        working-directory: none"],
    ["its time", "shell: bash", "shell: bash\n        timeout-minutes: 1"],
    ["its job's environment", "    steps:", "    env: { PYTEST_ADDOPTS: --collect-only }\n    steps:"],
    ["its machine", "ubuntu-latest", "windows-latest"],
    ["the environment of all", "on: push", "on: push\nenv: { PYTEST_ADDOPTS: --collect-only }"],
  ])("says nothing where %s is another as well", (_what, from, to) => {
    expect(prove(before, edit(after, from, to), { scripts }).judgement).toBe("unknown");
  });
});

describe("text around the jobs", () => {
  const block = (lines: string): string =>
    `on: push\nenv:\n  OPTIONS: |\n${lines}\n${steps("\n- run: make test").replace("on: push\n", "")}`;

  it("is what it says, not what it looks like", () => {
    expect(prove(block("    --all\n    # --fast"), block("    --all")).judgement).toBe("unknown");
    expect(prove(block("    --all  --fast"), block("    --all --fast")).judgement).toBe("unknown");
    expect(prove(block("    --all"), `# a comment\n${block("    --all")}`).judgement).toBe("no-change");
  });
});
