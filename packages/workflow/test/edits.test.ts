import { workflowEdits } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { edited, jobNamed, view } from "./view.ts";

const head = "on: push\njobs:\n  a: { runs-on: x }\n  b: { runs-on: x }\n";

describe("edits of a workflow", () => {
  it.each([
    ["a scalar", "    needs: a\n    runs-on: x\n", ["a"], "    runs-on: x\n"],
    [
      "a block list",
      "    needs:\n      - a\n      - b # two\n    runs-on: x\n",
      ["a"],
      "    needs:\n      - b # two\n    runs-on: x\n",
    ],
    ["a flow list", "    needs: [a, b]\n    runs-on: x\n", ["b"], "    needs: [a]\n    runs-on: x\n"],
    ["another case", "    needs: [A, b]\n    runs-on: x\n", ["a"], "    needs: [b]\n    runs-on: x\n"],
    ["the last of a list", "    needs:\n      - a\n    runs-on: x\n", ["a"], "    runs-on: x\n"],
    ["all of a list", "    needs: [a, b]\n    runs-on: x\n", ["b", "a"], "    runs-on: x\n"],
    ["none", "    needs: [a, b]\n    runs-on: x\n", ["c"], "    needs: [a, b]\n    runs-on: x\n"],
  ])("take a need out of %s", (_form, job, needs, expected) => {
    const workflow = view(`${head}  last:\n${job}`);
    expect(edited(workflow, workflowEdits.removeNeeds(jobNamed(workflow, "last"), needs))).toBe(
      `${head}  last:\n${expected}`,
    );
  });

  it("delete a job or a step, with a note in its place", () => {
    const workflow = view(
      "on: push\njobs:\n  a:\n    steps:\n      - run: make\n      - run: make test\n\n  b:\n    runs-on: x\n",
    );
    const [step] = jobNamed(workflow, "a").steps;
    if (step === undefined) throw new Error("no step");
    const edits = [
      ...workflowEdits.removeUnit(step, []),
      ...workflowEdits.removeUnit(jobNamed(workflow, "b"), ["b is gone.", "Really."]),
    ];
    expect(edited(workflow, edits)).toBe(
      "on: push\njobs:\n  a:\n    steps:\n      - run: make test\n\n  # b is gone.\n  # Really.\n",
    );
  });

  it.each([
    ["- name: Test\n  run: |\n    a | b\n", "- name: Test\n  shell: bash\n  run: |\n    a | b\n"],
    ["- run: a | b\n  env: { A: b }\n", "- run: a | b\n  shell: bash\n  env: { A: b }\n"],
    ["- run: a\n  shell: sh # small\n", "- run: a\n  shell: bash # small\n"],
    ["- uses: a/b@v1\n", "- uses: a/b@v1\n"],
  ])("name the shell of a step: %j", (before, after) => {
    const text = (step: string): string =>
      `on: push\njobs:\n  a:\n    steps:\n${step.replaceAll(/^(?=.)/gmu, "      ")}`;
    const workflow = view(text(before));
    const step = jobNamed(workflow, "a").steps[0]!;
    expect(edited(workflow, workflowEdits.useShell(step, "bash"))).toBe(text(after));
  });

  it("delete a soft-fail and a condition", () => {
    const workflow = view("on: push\njobs:\n  a:\n    if: false # off\n    continue-on-error: true\n    runs-on: x\n");
    const job = jobNamed(workflow, "a");
    const edits = [...workflowEdits.removeSoftFail(job), ...workflowEdits.removeCondition(job)];
    expect(edited(workflow, edits)).toBe("on: push\njobs:\n  a:\n    runs-on: x\n");
  });

  it.each([
    ["matrix: { os: [x, y] }", "fail-fast: false\n      matrix: { os: [x, y] }"],
    ["fail-fast: true\n      matrix: { os: [x, y] }", "fail-fast: false\n      matrix: { os: [x, y] }"],
    ["fail-fast: false\n      matrix: { os: [x, y] }", "fail-fast: false\n      matrix: { os: [x, y] }"],
    [
      "fail-fast: ${{ inputs.fast }}\n      matrix: { os: [x] }",
      "fail-fast: ${{ inputs.fast }}\n      matrix: { os: [x] }",
    ],
  ])("let all legs run: %j", (strategy, expected) => {
    const text = (inside: string): string => `on: push\njobs:\n  a:\n    strategy:\n      ${inside}\n    runs-on: x\n`;
    const workflow = view(text(strategy));
    expect(edited(workflow, workflowEdits.runAllLegs(jobNamed(workflow, "a")))).toBe(text(expected));
  });

  it("are none where there is nothing to do", () => {
    const workflow = view("runs:\n  using: composite\n  steps: [{ run: make, shell: sh }]\n", "action.yml");
    const [action] = workflow.jobs;
    if (action === undefined) throw new Error("no job");
    expect(workflowEdits.removeUnit(action, ["gone"])).toEqual([]);
    expect(workflowEdits.removeSoftFail(action)).toEqual([]);
    expect(workflowEdits.runAllLegs(action)).toEqual([]);
    expect(workflowEdits.removeCondition(action)).toEqual([]);
  });
});
