import { describe, expect, test } from "vitest";
import type { Edit, NewValue, Path } from "../src/index.ts";
import { apply, edited, refusals, remove, yaml } from "./harness.ts";

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

  test("takes the step from the first nested map that has one", () => {
    const mixed = "list:\n- a\nflat:\n   deep: 1\nmap:\n  x: 1\n";
    expect(edited(mixed, key([0, "map"], "y", { z: ["b"] }))).toBe(`${mixed}  y:\n     z:\n     - b\n`);
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

describe("blank lines around what is inserted", () => {
  const before = yaml`
    name: CI

    on: push

    jobs:
      test:
        steps:
          - run: one

          # About two.
          - run: two
  `;

  test("set it apart where the siblings stand apart", () => {
    expect(edited(before, key([0], "env", { A: 1 }, { after: "on" }))).toContain(
      "\n\non: push\n\nenv:\n  A: 1\n\njobs:\n",
    );
    expect(edited(before, key([0], "env", { A: 1 }, { before: "on" }))).toContain(
      "name: CI\n\nenv:\n  A: 1\n\non: push\n",
    );
    expect(edited(before, item([0, "jobs", "test", "steps"], 1, { run: "1b" }))).toContain(
      "      - run: one\n\n      - run: 1b\n\n      # About two.\n      - run: two\n",
    );
  });

  test("stand on the inner side of the first and the last", () => {
    expect(edited(before, key([0], "run-name", "x", { before: "name" }))).toMatch(/^run-name: x\n\nname: CI\n\non:/u);
    expect(edited(before, key([0], "env", { A: 1 }))).toBe(`${before}\nenv:\n  A: 1\n`);
    expect(edited(before, item([0, "jobs", "test", "steps"], 2, { run: "three" }))).toBe(
      `${before}\n      - run: three\n`,
    );
  });

  test("are not taken from the text of a scalar", () => {
    const spaced = "a: 1\n\nb: |2\n      \nc: 1\n\nd: 1\n";
    const there = "a: 1\n\nb: |2\n      \nx: 9\nc: 1\n\nd: 1\n";
    expect(edited(spaced, key([0], "x", 9, { before: "c" }))).toBe(there);
    expect(edited(there, remove([0, "x"]))).toBe(spaced);
  });

  test("are as many as the gap that it goes into has", () => {
    const wide = "a: 1\n\n\nb: 2\n";
    expect(edited(wide, key([0], "x", 9, { after: "a" }))).toBe("a: 1\n\n\nx: 9\n\n\nb: 2\n");
    expect(edited(wide, key([0], "x", 9, { before: "b" }))).toBe("a: 1\n\n\nx: 9\n\n\nb: 2\n");
  });

  test("do not come where its neighbours are close, nor where most siblings are", () => {
    const mixed = "a: 1\nb: 2\n\nc: 3\n\nd: 4\n";
    expect(edited(mixed, key([0], "x", 9, { after: "a" }))).toBe("a: 1\nx: 9\nb: 2\n\nc: 3\n\nd: 4\n");
    const turned = "a: 1\n\nb: 2\n\nc: 3\nd: 4\n";
    expect(edited(turned, key([0], "x", 9))).toBe(`${turned}x: 9\n`);
    expect(edited(mixed, key([0], "x", 9, { before: "a" }))).toBe(`x: 9\n${mixed}`);
    const close = "a: 1\nb: 2\n\nc: 3\n";
    expect(edited(close, key([0], "x", 9, { after: "b" }))).toBe("a: 1\nb: 2\nx: 9\n\nc: 3\n");
    expect(edited(close, key([0], "x", 9, { before: "c" }))).toBe("a: 1\nb: 2\n\nx: 9\nc: 3\n");
  });

  test("never come between a header and the first key, nor into the text of a |+ scalar", () => {
    expect(edited("# CI\na: 1\n\nb: 2\n", key([0], "x", 9, { before: "a" }))).toBe("# CI\nx: 9\na: 1\n\nb: 2\n");
    expect(edited("a: 1\n\nb: |+\n  one\n\nc: 3\n\nd: 4\n", key([0], "x", 9, { after: "b" }))).toBe(
      "a: 1\n\nb: |+\n  one\n\nx: 9\nc: 3\n\nd: 4\n",
    );
  });

  test("stay out of the way of a comment that follows", () => {
    expect(edited("a:\n  b: 1\n\n  c: 2\n  # end\nd: 3\n", key([0, "a"], "x", 9))).toBe(
      "a:\n  b: 1\n\n  c: 2\n  x: 9\n  # end\nd: 3\n",
    );
    expect(edited("a:\n  b: 1\n\n  c: 2\n\n\n  # end\nd: 3\n", key([0, "a"], "x", 9))).toBe(
      "a:\n  b: 1\n\n  c: 2\n\n\n  x: 9\n\n\n  # end\nd: 3\n",
    );
  });

  test("end as the lines of the file do", () => {
    expect(edited("a: 1\r\n\r\nb: 2", key([0], "x", 9))).toBe("a: 1\r\n\r\nb: 2\r\n\r\nx: 9");
  });
});

test("what goes to the end of a list stands before what goes behind the list", () => {
  const before = "a:\n  - b: 1\n";
  const edits = [item([0, "a"], 1, "x"), key([0], "c", 2), key([0, "a", 0], "d", 3)];
  const after = "a:\n  - b: 1\n    d: 3\n  - x\nc: 2\n";
  expect(edited(before, ...edits)).toBe(after);
  expect(edited(before, ...edits.toReversed())).toBe(after);
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
    expect(refusals("a: [b]\n", item([0, "a"], -1, "x"))).toEqual(["no-such-target"]);
    expect(refusals("a: [b]\n", item([0, "a"], 0.5, "x"))).toEqual(["no-such-target"]);
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

  test("to the name that is there does nothing", () => {
    expect(apply("a: 1\n", rename([0, "a"], "a"))).toMatchObject({ ok: true, splices: [] });
  });

  test("of a key that is no word is refused", () => {
    expect(refusals("? |\n  a\n: 1\n", rename([0, "a\n"], "b"))).toEqual(["wrong-target-kind"]);
    expect(refusals("? [a]\n: 1\n", rename([0, "[a]"], "b"))).toEqual(["wrong-target-kind"]);
    expect(refusals("x: &k a\n*k : 1\n", rename([0, "a"], "b"))).toEqual(["wrong-target-kind"]);
  });
});
