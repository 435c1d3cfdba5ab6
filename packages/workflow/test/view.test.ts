import { isCiFile, unitName } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { jobNamed, stepsOf, view } from "./view.ts";

describe("paths", () => {
  it.each([
    ".github/workflows/ci.yml",
    ".github/workflows/ci.yaml",
    "action.yml",
    "tools/setup/action.yaml",
    "sub/.github/workflows/x.yml",
  ])("%s is a CI file", (path) => {
    expect(isCiFile(path)).toBe(true);
  });
  it.each([
    ".github/workflows/deep/ci.yml",
    ".github/dependabot.yml",
    "workflows/ci.yml",
    "reaction.yml",
    ".github/workflows/ci.yml.bak",
    "my.github/workflows/x.yml",
  ])("%s is none", (path) => {
    expect(isCiFile(path)).toBe(false);
  });
});

describe("triggers", () => {
  it.each([
    ["on: push", ["push"]],
    ["on: [push, pull_request]", ["push", "pull_request"]],
    [
      "on:\n  push: { branches: [main], paths: [src] }\n  schedule: [{ cron: x }]\n  workflow_dispatch:",
      ["push(branches,paths)", "schedule", "workflow_dispatch"],
    ],
    ["'on': push", ["push"]],
    ["on:", []],
  ])("%j", (written, expected) => {
    const { triggers } = view(`${written}\njobs: {}\n`);
    expect(
      triggers.map(({ event, filters }) => (filters.length === 0 ? event : `${event}(${filters.join(",")})`)),
    ).toEqual(expected);
  });
});

describe("steps", () => {
  it("are called what a person would call them", () => {
    const steps = stepsOf(`- name: " Run tests "
  run: make
- uses: actions/checkout@v4
- run: |
    # The long way
    make all
    make more
- uses: ./local/action
- {}`);
    expect(steps.map((step) => step.label)).toEqual([
      "Run tests",
      "actions/checkout",
      "make all",
      "./local/action",
      "step 5",
    ]);
    expect(steps.slice(0, 2).map(unitName)).toEqual([
      'step "Run tests" of job build',
      'step "actions/checkout" of job build',
    ]);
  });

  it("tell their action, its ref and its inputs", () => {
    const [step] = stepsOf(
      "- uses: actions/cache/save@v4 # pinned\n  with: { path: ~/.cache, key: 7, empty: , list: [a] }",
    );
    expect(step?.action).toEqual({ name: "actions/cache/save", ref: "v4" });
    expect([...(step?.inputs ?? [])]).toEqual([
      ["path", "~/.cache"],
      ["key", "7"],
      ["empty", ""],
    ]);
  });

  it("map their script to the file", () => {
    const text =
      "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          make\n          make test || true\n";
    const script = view(text).jobs[0]?.steps[0]?.script;
    const index = script?.text.indexOf("||") ?? -1;
    expect(text.indexOf("||")).toBe(script?.scalar.sourceOffset(index));
  });
});

describe("a job", () => {
  it("tells its matrix", () => {
    const matrix = (written: string): object | undefined => {
      const found = jobNamed(
        view(`on: push\njobs:\n  a:\n    runs-on: x\n    strategy:\n      ${written}\n`),
        "a",
      ).matrix;
      return found === undefined ? undefined : { axes: found.axes, dynamic: found.dynamic, failFast: found.failFast };
    };
    expect(matrix("matrix: { os: [a, b], node: [20], include: [{ os: c, experimental: true }] }")).toEqual({
      axes: ["os", "node"],
      dynamic: false,
      failFast: undefined,
    });
    expect(matrix("matrix: { include: [{ os: c, experimental: true }] }")).toEqual({
      axes: ["os", "experimental"],
      dynamic: false,
      failFast: undefined,
    });
    expect(matrix("matrix: ${{ fromJSON(inputs.legs) }}\n      fail-fast: false")).toEqual({
      axes: [],
      dynamic: true,
      failFast: false,
    });
    expect(matrix("fail-fast: true")).toBeUndefined();
  });

  it("tells what it calls, needs and runs on", () => {
    const workflow = view(
      "on: push\njobs:\n  a: { uses: ./.github/workflows/b.yml }\n  b: { needs: a, runs-on: [self-hosted, gpu] }\n  c:\n    needs:\n      - a\n      - b\n  d: { needs: [a] }\n",
    );
    expect(jobNamed(workflow, "a").calls).toBe("./.github/workflows/b.yml");
    expect(workflow.jobs.map((job) => job.needs.form)).toEqual(["none", "scalar", "block", "flow"]);
    expect(jobNamed(workflow, "b").runsOn).toBe("self-hosted, gpu");
    expect(jobNamed(workflow, "a").dependents.map((job) => job.id)).toEqual(["b", "c", "d"]);
  });
});
