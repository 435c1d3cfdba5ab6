import type { Reader } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { jobNamed, stepsOf, view } from "./view.ts";

function shown(readers: readonly Reader[] | undefined): readonly string[] {
  return (readers ?? []).map((reader) => `${reader.what} in ${reader.where} of ${reader.step?.label ?? reader.job.id}`);
}

describe("readers of a step", () => {
  const [first, unread] = stepsOf(`- { id: td, name: plan, run: ./plan }
- { id: unread, run: "true" }
- name: condition
  if: steps.td.outcome == 'failure'
  run: echo
- name: wrapped
  if: \${{ steps.TD.conclusion != 'success' }}
  run: echo
- name: script
  run: echo "\${{ steps.td.outputs.list }} \${{ steps['td'].outputs.other }}"
- name: env
  env: { STEPS: "\${{ toJSON(steps.td) }}" }
  run: echo
- name: input
  uses: actions/github-script@v7
  with: { script: "return \${{ steps.td.outcome }}" }
- name: prose
  run: echo "steps.td.outcome and \${{ github.event.steps.td }}"`);

  it("are found in every place that is an expression", () => {
    expect(shown(first?.readers)).toEqual([
      "outcome in condition of condition",
      "conclusion in condition of wrapped",
      "outputs in script of script",
      "all in env of env",
      "outcome in input of input",
    ]);
  });

  it("are not made up", () => {
    expect(shown(unread?.readers)).toEqual([]);
  });

  it("can read all steps at once", () => {
    const [step] = stepsOf(`- { id: a, run: x }
- { name: dump, run: "echo '\${{ toJSON(steps) }}'" }
- { name: any, if: "contains(steps.*.outcome, 'failure')", run: y }
- { name: dynamic, if: "steps[matrix.step].outcome == 'success'", run: y }`);
    expect(shown(step?.readers)).toEqual([
      "all in script of dump",
      "outcome in condition of any",
      "outcome in condition of dynamic",
    ]);
  });

  it("stay within the job, and include its outputs", () => {
    const workflow = view(`on: push
jobs:
  a:
    runs-on: x
    outputs: { list: "\${{ steps.td.outputs.list }}" }
    steps: [{ id: td, run: x }]
  b:
    runs-on: x
    steps: [{ id: td, run: x }, { if: steps.td.outcome, run: y }]
`);
    expect(shown(jobNamed(workflow, "a").steps[0]?.readers)).toEqual(["outputs in output of a"]);
    expect(shown(jobNamed(workflow, "b").steps[0]?.readers)).toEqual(["outcome in condition of y"]);
  });

  it("of a composite action include its outputs", () => {
    const text =
      "outputs:\n  x: { value: '${{ steps.get.outputs.x }}' }\nruns: { using: composite, steps: [{ id: get, run: x, shell: sh }] }\n";
    expect(shown(view(text, "get/action.yaml").jobs[0]?.steps[0]?.readers)).toEqual(["outputs in output of "]);
  });
});

describe("readers of a job", () => {
  const workflow = view(`on:
  workflow_call:
    outputs:
      wheel: { value: "\${{ jobs.build.outputs.wheel }}" }
jobs:
  build: { runs-on: x, outputs: { wheel: w }, steps: [{ run: make }] }
  test:
    needs: Build
    runs-on: \${{ needs.build.outputs.runner }}
    steps: [{ name: s, run: "\${{ needs['build'].result }}" }]
  stranger: { runs-on: x, if: needs.build.result == 'success', steps: [] }
  gate:
    needs: [build, test]
    if: always() && contains(needs.*.result, 'failure')
    runs-on: x
    steps: [{ name: dump, run: "echo '\${{ toJSON(needs) }}'" }]
`);
  const build = jobNamed(workflow, "build");

  it("are jobs that need it, and the callers of the workflow", () => {
    expect(shown(build.readers)).toEqual([
      "outputs in other of test",
      "result in script of s",
      "outputs in output of build",
    ]);
    expect(build.dependents.map((job) => job.id)).toEqual(["test", "gate"]);
  });

  it("of all results are told apart", () => {
    expect(shown(build.wholeNeedsReaders)).toEqual(["result in condition of gate", "all in script of dump"]);
    expect(shown(jobNamed(workflow, "test").wholeNeedsReaders)).toHaveLength(2);
  });
});
