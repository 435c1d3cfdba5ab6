import { describe, expect, test } from "vitest";
import type { Edit, NewValue, Path } from "../src/index.ts";
import { edited, refusals, remove, yaml } from "./harness.ts";

function key(path: Path, name: string, value: NewValue, side: { after?: string; before?: string } = {}): Edit {
  return { kind: "insert-key", path, key: name, value, ...side };
}

function item(path: Path, index: number, value: NewValue): Edit {
  return { kind: "insert-item", path, index, value };
}

describe("insert-key", () => {
  const before = yaml`
    jobs:
      test:
        strategy:
          # Which systems.
          matrix:
            os: [linux]
        runs-on: linux
        # Slow.
        steps:
          - run: |
              make

      docs:
        runs-on: linux
  `;
  const STRATEGY: Path = [0, "jobs", "test", "strategy"];

  test("before a sibling stands above that sibling's comments", () => {
    expect(edited(before, key(STRATEGY, "fail-fast", false, { before: "matrix" }))).toContain(
      "    strategy:\n      fail-fast: false\n      # Which systems.\n      matrix:\n",
    );
  });

  test("after a sibling stands below its content and above the next one's comments", () => {
    expect(edited(before, key([0, "jobs", "test"], "timeout-minutes", 5, { after: "runs-on" }))).toContain(
      "    runs-on: linux\n    timeout-minutes: 5\n    # Slow.\n    steps:\n",
    );
  });

  test("after a sibling stands below the deeper comments that are glued to it", () => {
    const source = "a:\n  b: 1\n  # c: 2\nd: 3\n";
    expect(edited(source, key([0], "x", 1, { after: "a" }))).toBe("a:\n  b: 1\n  # c: 2\nx: 1\nd: 3\n");
  });

  test("at the end stands before blank lines, also after a block scalar", () => {
    expect(edited(before, key([0, "jobs", "test", "steps", 0], "shell", "bash"))).toContain(
      "      - run: |\n          make\n        shell: bash\n\n  docs:\n",
    );
  });

  test("brings nested values in the file's own steps of indentation", () => {
    const value = {
      env: { DEEP: "on", N: 1 },
      needs: ["a", "b"],
      steps: [{ run: "one\ntwo\n", if: "!x" }, []],
      none: {},
    };
    expect(edited("jobs:\n    test:\n        needs:\n        - x\n", key([0, "jobs"], "new", value))).toBe(yaml`
      jobs:
          test:
              needs:
              - x
          new:
              env:
                  DEEP: 'on'
                  N: 1
              needs:
              - a
              - b
              steps:
              - run: |
                    one
                    two
                if: '!x'
              - []
              none: {}
    `);
  });

  test("before the first key behind a dash takes its place", () => {
    expect(edited("- run: make\n  shell: sh\n", key([0, 0], "name", "Build", { before: "run" }))).toBe(
      "- name: Build\n  run: make\n  shell: sh\n",
    );
  });

  test("leaves a header that must stay first where it is", () => {
    expect(edited("# Copyright\nname: CI\n", key([0], "on", "push", { before: "name" }))).toBe(
      "# Copyright\non: push\nname: CI\n",
    );
  });

  test("into a flow map stays on its line", () => {
    expect(edited("a: {b: 1}  # x\nc: {}\n", key([0, "a"], "d", "e, f"), key([0, "c"], "d", [1]))).toBe(
      "a: {b: 1, d: 'e, f'}  # x\nc: {d: [1]}\n",
    );
  });

  test("quotes a key that would be read in another way", () => {
    expect(edited("a: 1\n", key([0], "x: y", 1), key([0], "123", 1))).toBe("a: 1\n'x: y': 1\n'123': 1\n");
  });

  test("is refused for a key that exists, a sibling that does not, and what is no map", () => {
    expect(refusals("a: 1\n", key([0], "a", 2))).toEqual(["key-exists"]);
    expect(refusals("a: 1\n", key([0], "b", 2, { after: "x" }))).toEqual(["no-such-target"]);
    expect(refusals("a: 1\n", key([0, "a"], "b", 2))).toEqual(["wrong-target-kind"]);
    expect(refusals("a: 1\n", key([0], "b", 2), key([0], "b", 3))).toEqual(["check-failed"]);
  });

  test("finds a new neighbour where its own is deleted in the same batch", () => {
    expect(edited("a: 1\nb: 2\nc: 3\n", remove([0, "b"]), key([0], "x", 9, { after: "b" }))).toBe("a: 1\nx: 9\nc: 3\n");
    expect(edited("a: 1\nb: 2\n", remove([0, "a"]), key([0], "x", 9, { after: "a" }))).toBe("x: 9\nb: 2\n");
  });
});

describe("insert-item", () => {
  test("first, between and last in a block list", () => {
    const before = "needs:\n  # core\n  -   a\n  -   b # x\nc: 1\n";
    expect(edited(before, item([0, "needs"], 0, "new"))).toBe(
      "needs:\n  -   new\n  # core\n  -   a\n  -   b # x\nc: 1\n",
    );
    expect(edited(before, item([0, "needs"], 1, "new"))).toBe(
      "needs:\n  # core\n  -   a\n  -   new\n  -   b # x\nc: 1\n",
    );
    expect(edited(before, item([0, "needs"], 2, "new"))).toBe(
      "needs:\n  # core\n  -   a\n  -   b # x\n  -   new\nc: 1\n",
    );
  });

  test("in a flow list, on its line or on one of its own", () => {
    expect(edited("a: [b, c]\n", item([0, "a"], 1, "x"))).toBe("a: [b, x, c]\n");
    expect(edited("a: [b,]\n", item([0, "a"], 1, "x"))).toBe("a: [b, x,]\n");
    expect(edited("a: []\n", item([0, "a"], 0, "x"))).toBe("a: [x]\n");
    expect(edited("a: [\n  b # one\n]\n", item([0, "a"], 1, "x"))).toBe("a: [\n  b, # one\n  x\n]\n");
    expect(edited("a: [\n  b, # one\n]\n", item([0, "a"], 1, "x"))).toBe("a: [\n  b, # one\n  x,\n]\n");
    expect(edited("a: [\n  b, # one\n]\n", item([0, "a"], 0, "x"))).toBe("a: [\n  x,\n  b, # one\n]\n");
  });

  test("of a place that the list does not have is refused", () => {
    expect(refusals("a: [b]\n", item([0, "a"], 3, "x"))).toEqual(["no-such-target"]);
    expect(refusals("a: [b]\n", item([0], 0, "x"))).toEqual(["wrong-target-kind"]);
  });
});

describe("rename-key", () => {
  const rename = (path: Path, name: string): Edit => ({ kind: "rename-key", path, key: name });

  test("keeps quotes, gaps and comments", () => {
    expect(
      edited("a:    1 # x\n'b': 2\n\"c\": 3\n", rename([0, "a"], "z"), rename([0, "b"], "it's"), rename([0, "c"], "y")),
    ).toBe("z:    1 # x\n'it''s': 2\n\"y\": 3\n");
  });

  test("quotes a name that would be read in another way", () => {
    expect(edited("a: 1\n", rename([0, "a"], "b: c"))).toBe("'b: c': 1\n");
  });

  test("is refused for a name that exists and for an item", () => {
    expect(refusals("a: 1\nb: 2\n", rename([0, "a"], "b"))).toEqual(["key-exists"]);
    expect(refusals("a: [1]\n", rename([0, "a", 0], "b"))).toEqual(["wrong-target-kind"]);
  });
});
