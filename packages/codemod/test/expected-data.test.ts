import { describe, expect, it } from "vitest";
import { expectedData, isSameData } from "../src/testkit/expected-data.ts";

const before = {
  on: "push",
  jobs: {
    build: { needs: ["lint", "plan"], if: "false && github.actor", steps: [{ run: "make" }, { run: "make test" }] },
  },
};

describe("the data to expect after edits", () => {
  it("misses what was deleted, whatever the order of the edits", () => {
    const edits = [
      { kind: "delete", path: [0, "jobs", "build", "steps", 0] },
      { kind: "delete", path: [0, "jobs", "build", "needs", 1] },
      { kind: "delete", path: [0, "jobs", "build", "needs", 0] },
    ] as const;
    const after = { on: "push", jobs: { build: { if: "false && github.actor", steps: [{ run: "make test" }] } } };
    expect(isSameData(expectedData(before, edits), after)).toBe(true);
    expect(isSameData(expectedData(before, edits.toReversed()), after)).toBe(true);
  });

  it("holds the edited text of a scalar, and what was set, inserted and renamed", () => {
    const edits = [
      { kind: "replace-in-scalar", path: [0, "jobs", "build", "if"], start: 0, end: 9, text: "" },
      { kind: "set", path: [0, "on"], value: "pull_request" },
      { kind: "insert-key", path: [0, "jobs", "build"], key: "runs-on", value: "ubuntu-latest" },
      { kind: "insert-item", path: [0, "jobs", "build", "steps"], index: 1, value: { run: "make lint" } },
      { kind: "rename-key", path: [0, "jobs", "build", "needs"], key: "after" },
      { kind: "comment-at", path: [0, "on"], text: "was push" },
    ] as const;
    const build = {
      after: ["lint", "plan"],
      if: "github.actor",
      "runs-on": "ubuntu-latest",
      steps: [{ run: "make" }, { run: "make lint" }, { run: "make test" }],
    };
    expect(isSameData(expectedData(before, edits), { on: "pull_request", jobs: { build } })).toBe(true);
  });

  it.each([
    ["a value that changed", { ...before, on: "pull_request" }],
    ["a key too many", { ...before, name: "x" }],
    ["a key too few", { jobs: before.jobs }],
    ["an item that moved", { ...before, jobs: { build: { ...before.jobs.build, needs: ["plan", "lint"] } } }],
    [
      "a list that became a map",
      { ...before, jobs: { build: { ...before.jobs.build, needs: { 0: "lint", 1: "plan" } } } },
    ],
  ])("differs from %s", (_what, after) => {
    expect(isSameData(expectedData(before, []), after)).toBe(false);
  });
});
