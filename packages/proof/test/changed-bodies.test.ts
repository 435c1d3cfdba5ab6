import { describe, expect, it } from "vitest";
import { checkCertificate, type ScriptModel } from "../src/index.ts";
import { bytes, claim, prove, steps, workflow } from "./models.ts";

const reasonOf = (before: string, after: string, scripts?: ScriptModel): string | undefined => {
  const proof = prove(before, after, scripts === undefined ? {} : { scripts });
  return proof.judgement === "unknown" ? claim(proof, "never-weaker").reason : undefined;
};
const unknown = (what: string): string => `${what} is changed, and it is not known when it fails`;

describe("a change of what a step does", () => {
  const step = (lines: string): string => steps(`\n- name: Test\n  run: make test\n  ${lines}\n- run: make report`);
  const before = step("shell: bash");

  it.each([
    ["its script", step("shell: bash").replace("make test", "make test || true"), unknown('the script of step "Test"')],
    ["its shell", step("shell: sh"), unknown('what step "Test" is given')],
    ["its environment", step("shell: bash\n  env: { CI: no }"), unknown('what step "Test" is given')],
    ["its folder", step("shell: bash\n  working-directory: sub"), unknown('what step "Test" is given')],
    ["its time", step("shell: bash\n  timeout-minutes: 1"), unknown('what step "Test" is given')],
    [
      "its job's environment",
      before.replace("    steps:", "    env: { CI: no }\n    steps:"),
      unknown('what step "Test" is given'),
    ],
    ["the machine", before.replace("ubuntu-latest", "macos-latest"), unknown('what step "Test" is given')],
    ["the environment of all", `env: { CI: no }\n${before}`, unknown('what step "Test" is given')],
  ])("%s: nothing can be said", (_what, after, reason) => {
    expect(reasonOf(before, after)).toBe(reason);
    expect(reasonOf(after, before)).toBe(reason);
    const { certificate } = prove(before, after);
    expect(checkCertificate(certificate, bytes(before), bytes(after))).toMatchObject({ ok: true, method: "none" });
  });

  it.each([
    ["a comment", before.replace("    steps:", "    # as it was\n    steps:")],
    ["a soft-fail", step("shell: bash\n  continue-on-error: true")],
    ["a condition", step("shell: bash\n  if: always()")],
    ["an id", step("shell: bash\n  id: test")],
    ["a name", before.replace("name: Test", "name: Tests")],
    ["the name of its job", before.replace("    steps:", "    name: Unit\n    steps:")],
    ["the name of the file", `name: CI\n${before}`],
    ["the name of its runs", `run-name: CI of a push\n${before}`],
    ["the event", before.replace("on: push", "on: [push, pull_request]")],
  ])("%s is none", (_what, after) => {
    expect(reasonOf(before, after)).toBeUndefined();
  });

  it("reaches scripts, and them alone, through defaults", () => {
    const old = steps("\n- uses: octo/lint@v1\n- name: Test\n  run: make test");
    const given = (defaults: string): string =>
      old.replace("    steps:", `    defaults: { run: { ${defaults} } }\n    steps:`);
    expect(reasonOf(old, given("shell: bash"))).toBe(unknown('what step "Test" is given'));
    expect(reasonOf(old, given("working-directory: sub"))).toBe(unknown('what step "Test" is given'));
    expect(reasonOf(old, `defaults: { run: { working-directory: sub } }\n${old}`)).toBe(
      unknown('what step "Test" is given'),
    );
    const scripts: ScriptModel = ({ script }) => (script === undefined ? undefined : { command: script.text });
    expect(reasonOf(old, given("shell: bash"), scripts)).toBeUndefined();
    const onlyActions = steps("\n- uses: octo/lint@v1");
    expect(reasonOf(onlyActions, `defaults: { run: { shell: sh } }\n${onlyActions}`)).toBeUndefined();
  });

  it("is none where the script model knows both sides", () => {
    const after = before.replace("make test", "make test || true");
    const scripts: ScriptModel = ({ script }) =>
      script?.text.endsWith("true") === true ? false : { command: "make test" };
    expect(reasonOf(before, after, scripts)).toBeUndefined();
    const half: ScriptModel = (step_) => (step_.script?.text.endsWith("true") === true ? false : undefined);
    expect(reasonOf(before, after, half)).toBe(unknown('the script of step "Test"'));
    expect(reasonOf(after, before, half)).toBe(unknown('the script of step "Test"'));
  });

  it("is found in a step without a name, whose script is its label, and leaves it what it was called", () => {
    const old = steps("\n- run: pytest || true\n- run: make report");
    const now = old.replace(" || true", "");
    expect(reasonOf(old, now)).toBe(unknown('the script of step "pytest || true"'));
    const scripts: ScriptModel = ({ script }) =>
      script?.text === "pytest || true" ? false : { command: script?.text ?? "" };
    const proof = prove(old, now, { scripts });
    expect(proof.certificate.cases[0]?.choices).toEqual([
      { kind: "outcome", key: "unit / pytest || true: pytest", value: "failure" },
    ]);
    expect(checkCertificate(proof.certificate, bytes(old), bytes(now), undefined, { scripts }).problems).toEqual([]);
  });

  it("is found in the id of a step that others read, and followed where only conditions do", () => {
    const text = (id: string, reads: string, soft: string): string =>
      steps(`
      - name: Build
        ${id}
        run: make build
      - name: Test
        ${reads}
        run: make test
        ${soft}`);
    const asks = "if: always() && steps.build.outcome == 'failure'";
    const shows = 'env: { BUILT: "${{ steps.build.outcome }}" }';
    const reason = 'the id of step "Build" is changed, by which others read it';
    const soft = "continue-on-error: true";
    expect(reasonOf(text("id: build", shows, ""), text("id: built", shows, ""))).toBe(reason);
    expect(reasonOf(text("id: built", shows, ""), text("id: build", shows, ""))).toBe(reason);
    expect(prove(text("id: build", shows, soft), text("id: BUILD", shows, "")).judgement).toBe("bites");
    expect(prove(text("id: build", asks, ""), text("id: built", asks, "")).judgement).toBe("no-change");
  });

  it("is found in outputs that others read", () => {
    const text = (output: string, reads: string): string =>
      workflow(`
      pick:
        runs-on: x
        outputs: { x: "${output}" }
        steps:
          - run: make pick
      unit:
        needs: pick
        runs-on: x
        steps:
          - run: make unit
            env: { X: "\${{ ${reads} }}" }`);
    const reason = "what job pick tells others is changed";
    for (const reads of ["needs.pick.outputs.x", "toJSON(needs.pick)", "toJSON(needs)", "join(needs.*.outputs.x)"])
      expect(reasonOf(text("a", reads), text("b", reads)), reads).toBe(reason);
    expect(reasonOf(text("a", "needs.pick.result"), text("b", "needs.pick.result"))).toBeUndefined();
    expect(reasonOf(text("a", "github.ref"), text("b", "github.ref"))).toBeUndefined();
  });

  it("is none where the same events are written in another way, or more of them", () => {
    const on = (events: string): string => before.replace("on: push", events);
    for (const events of ["on: [push]", "on: { push: }", "on:\n  push:\n  pull_request: { branches: [main] }"])
      expect(prove(before, on(events)).judgement, events).toBe("no-change");
    const branch = (name: string): string => on(`on: { push: { branches: [${name}] } }`);
    expect(reasonOf(branch("main"), branch("master"))).toBe(
      "what starts the workflow is changed, and it is not known whether push does as before",
    );
    expect(reasonOf(on("on: [push, pull_request]"), before)).toBe(
      "what starts the workflow is changed, and it is not known whether pull_request does as before",
    );
    expect(reasonOf(before, `concurrency: one\n${before}`)).toBe(
      "which runs end or hold each other is changed, and one that is ended shows nothing",
    );
  });

  it("is none where a step comes or goes", () => {
    const more = steps(
      "\n- name: Test\n  run: make test\n  shell: bash\n- name: Lint\n  run: make lint\n- run: make report",
    );
    expect([reasonOf(before, more), reasonOf(more, before)]).toEqual([undefined, undefined]);
    const changed = more.replace("shell: bash", "shell: sh");
    expect(reasonOf(before, changed)).toBe(unknown('what step "Test" is given'));
  });

  it("is found in a composite action", () => {
    const action = (script: string): string =>
      `name: Setup\nruns:\n  using: composite\n  steps:\n    - name: Build\n      run: ${script}\n      shell: bash\n`;
    const file = "tools/setup/action.yml";
    const proof = prove(action("make || true"), action("make"), { file });
    expect(claim(proof, "bites").reason).toBe(unknown('the script of step "Build"'));
    const given = action("make").replace("shell: bash", "shell: bash\n      env: { CI: no }");
    expect(claim(prove(action("make"), given, { file }), "bites").reason).toBe(unknown('what step "Build" is given'));
    const forgiven = action("make").replace("shell: bash", "shell: bash\n      continue-on-error: true");
    expect(prove(forgiven, action("make"), { file }).judgement).toBe("bites");
    expect(prove(action("make"), forgiven, { file }).judgement).toBe("weaker");
    const renamed = action("make").replace("name: Setup", "name: Set up");
    expect(prove(action("make"), renamed, { file }).judgement).toBe("no-change");
  });

  it("is found where a called workflow is given something else", () => {
    const text = (deep: boolean): string =>
      workflow(`
      all:
        uses: ./.github/workflows/test.yml
        with:
          deep: ${deep}`);
    expect(reasonOf(text(true), text(false))).toBe("what job all is given is changed");
    expect(reasonOf(text(true), text(true))).toBeUndefined();
  });

  it("is found in a matrix, but not in its pace", () => {
    const text = (os: string, pace: string): string =>
      workflow(`
      unit:
        strategy:
          ${pace}
          matrix: { os: [${os}] }
        runs-on: x
        steps:
          - name: Test
            run: make test`);
    expect(reasonOf(text("a, b", "fail-fast: true"), text("a, b", "fail-fast: false"))).toBeUndefined();
    expect(reasonOf(text("a, b", "fail-fast: true"), text("a, b", "max-parallel: 1"))).toBeUndefined();
    expect(reasonOf(text("a, b", "fail-fast: false"), text("a, b", "max-parallel: 1"))).toBe(
      "legs of job unit that went on after a failure of another one can be ended by it now",
    );
    const lint = text("a, b", "fail-fast: true").replace("unit:", "lint:").split("jobs:\n")[1] ?? "";
    const two = `${text("a, b", "fail-fast: false")}${lint}`;
    const three = `${two}  dead:\n    if: false\n    strategy: { matrix: { os: [a] } }\n    runs-on: x\n    steps: [{ run: make }]\n`;
    expect([prove(two, three), prove(three, two)].map(({ judgement }) => judgement)).toEqual([
      "no-change",
      "no-change",
    ]);
    expect(reasonOf(text("a, b", "fail-fast: true"), text("a", "fail-fast: true"))).toBe(
      unknown('what step "Test" is given'),
    );
  });

  it("is found in a step that reads the results of jobs, of which there are others now", () => {
    const text = (needs: string, reads: string): string =>
      workflow(`
      unit:
        runs-on: x
        steps:
          - run: make unit
      lint:
        runs-on: x
        steps:
          - run: make lint
      done:
        if: always()
        needs: [${needs}]
        runs-on: x
        steps:
          - name: Gate
            uses: octo/alls-green@v1
            with:
              jobs: \${{ ${reads} }}`);
    expect(reasonOf(text("unit", "toJSON(needs)"), text("unit, lint", "toJSON(needs)"))).toBe(
      unknown('what step "Gate" is given'),
    );
    expect(reasonOf(text("unit", "github.ref"), text("unit, lint", "github.ref"))).toBeUndefined();
  });
});
