import { describe, expect, test } from "vitest";
import { apply, edited, refusals, remove, yaml } from "./harness.ts";

const LINT = [0, "jobs", "lint"] as const;

test("blanks deeper than the header of a scalar says are its text", () => {
  const before = "a: |2\n    \nb: 1\n\nc: 2\n";
  expect(edited(before, remove([0, "b"]))).toBe("a: |2\n    \n\nc: 2\n");
  expect(edited(before, remove([0, "b"]), remove([0, "c"]))).toBe("a: |2\n    \n");
  expect(edited("a: |2\n    \nb: 1\n", { kind: "set", path: [0, "a"], value: "x\n" })).toBe("a: |2\n  x\nb: 1\n");
});

describe("a note in the place of a node", () => {
  const before = yaml`
    jobs:
      build:
        runs-on: linux

      # Broken for a year.
      old-one:
        if: false

      old-two:
        needs: old-one

      test:
        runs-on: linux
  `;

  test("stands at its column between both runs of blank lines", () => {
    expect(edited(before, remove([0, "jobs", "old-one"], ["NOTE: old-one went.", "It never ran."]))).toBe(yaml`
      jobs:
        build:
          runs-on: linux

        # NOTE: old-one went.
        # It never ran.

        old-two:
          needs: old-one

        test:
          runs-on: linux
    `);
  });

  test("one note for two neighbours leaves one blank line on each side", () => {
    const after = yaml`
      jobs:
        build:
          runs-on: linux

        # NOTE: two jobs went.

        test:
          runs-on: linux
    `;
    expect(
      edited(before, remove([0, "jobs", "old-one"], ["NOTE: two jobs went."]), remove([0, "jobs", "old-two"])),
    ).toBe(after);
    expect(
      edited(before, remove([0, "jobs", "old-one"]), remove([0, "jobs", "old-two"], ["NOTE: two jobs went."])),
    ).toBe(after);
  });

  test("two notes keep the blank line between them", () => {
    expect(edited(before, remove([0, "jobs", "old-one"], ["one"]), remove([0, "jobs", "old-two"], ["two"]))).toBe(yaml`
      jobs:
        build:
          runs-on: linux

        # one

        # two

        test:
          runs-on: linux
    `);
  });

  test("is not content: a list is not left with a note alone", () => {
    expect(edited("a: 1\nneeds:\n  - lint\n", remove([0, "needs", 0], ["lint went"]))).toBe("a: 1\n# lint went\n");
  });
});

describe("the first key behind a dash", () => {
  test("the next key slides up", () => {
    const before = "steps:\n  - continue-on-error: true # flaky\n    run: make\n    shell: bash\n";
    expect(edited(before, remove([0, "steps", 0, "continue-on-error"]))).toBe(
      "steps:\n  - run: make\n    shell: bash\n",
    );
  });

  test("several keys go at once", () => {
    const before = "steps:\n  - name: x\n    if: false\n\n    run: make\n";
    expect(edited(before, remove([0, "steps", 0, "name"]), remove([0, "steps", 0, "if"]))).toBe(
      "steps:\n  - run: make\n",
    );
  });

  test("a comment between leaves the dash alone on its line", () => {
    const before = "steps:\n  - name: x\n    # Slow.\n    run: make\n";
    expect(edited(before, remove([0, "steps", 0, "name"]))).toBe("steps:\n  -\n    # Slow.\n    run: make\n");
  });

  test("new lines above the next key leave the dash alone too", () => {
    const before = "steps:\n  - if: false\n    run: make\n";
    expect(
      edited(
        before,
        remove([0, "steps", 0, "if"]),
        { kind: "comment-above", path: [0, "steps", 0, "run"], lines: ["why"] },
        { kind: "insert-key", path: [0, "steps", 0], key: "id", value: "x", before: "run" },
      ),
    ).toBe("steps:\n  -\n    id: x\n    # why\n    run: make\n");
  });

  test("other edits at the next key do not keep it from sliding", () => {
    const before = "steps:\n  - if: false\n    run: make # x\n";
    expect(
      edited(
        before,
        remove([0, "steps", 0, "if"]),
        { kind: "set", path: [0, "steps", 0, "run"], value: "ls" },
        { kind: "comment-at", path: [0, "steps", 0, "run"], text: "y" },
      ),
    ).toBe("steps:\n  - run: ls # y\n");
  });

  test("a note keeps the blank line below it", () => {
    expect(edited("- a: 1\n\n  b: 2\n", remove([0, 0, "a"], ["gone"]))).toBe("-\n  # gone\n\n  b: 2\n");
  });

  test("a note stands below the dash", () => {
    const before = "steps:\n  - if: false\n    run: make\n";
    expect(edited(before, remove([0, "steps", 0, "if"], ["restored"]))).toBe(
      "steps:\n  -\n    # restored\n    run: make\n",
    );
  });

  test("an item of a list in a list slides up too", () => {
    expect(edited("- - a\n  - b\n", remove([0, 0, 0]))).toBe("- - b\n");
  });

  test("a dash alone on its line stays alone", () => {
    expect(edited("-\n  name: x\n  run: make\n", remove([0, 0, "name"]))).toBe("-\n  run: make\n");
  });
});

describe("the sole child", () => {
  test("takes its parent along, upwards", () => {
    const before = "steps:\n  - run: make\n    env:\n      CI: 1\n    shell: bash\n";
    expect(edited(before, remove([0, "steps", 0, "env", "CI"]))).toBe("steps:\n  - run: make\n    shell: bash\n");
  });

  test("all children count as one", () => {
    const before = "a: 1\nenv:\n  X: 1\n  Y: 2\nb: 2\n";
    expect(edited(before, remove([0, "env", "X"]), remove([0, "env", "Y"]))).toBe("a: 1\nb: 2\n");
  });

  test("takes its item along, with the dash", () => {
    const steps = "steps:\n  # Twice.\n  - if: false\n\n  - run: make\n";
    expect(edited(steps, remove([0, "steps", 0, "if"]))).toBe("steps:\n  - run: make\n");
    expect(edited("list:\n  - a: 1 # one\n  - b: 2\n", remove([0, "list", 0, "a"]))).toBe("list:\n  - b: 2\n");
    expect(edited("list:\n- - a\n- b\n", remove([0, "list", 0, 0]))).toBe("list:\n- b\n");
    expect(edited("a: 1\ninclude:\n  - os: linux\n", remove([0, "include", 0, "os"]))).toBe("a: 1\n");
  });

  test("may be the step that a list of steps cannot do without", () => {
    expect(refusals("steps:\n  - run: make\n", remove([0, "steps", 0, "run"]))).toEqual(["last-entry"]);
  });

  test("of jobs, on, steps or a document is refused", () => {
    expect(refusals("on: push\njobs:\n  lint:\n    runs-on: linux\n", remove(LINT))).toEqual(["last-entry"]);
    expect(refusals("runs:\n  steps:\n    - run: make\n", remove([0, "runs", "steps", 0]))).toEqual(["last-entry"]);
    expect(refusals("name: CI\n", remove([0, "name"]))).toEqual(["last-entry"]);
  });
});

test("an edit inside a deleted node is absorbed and reported", () => {
  const result = apply("a: 1\nb:\n  c: 2\n", { kind: "set", path: [0, "b", "c"], value: 3 }, remove([0, "b"]), {
    kind: "comment-at",
    path: [0, "b"],
    text: null,
  });
  expect(result).toMatchObject({ ok: true, text: "a: 1\n", absorbed: [0, 2] });
});

test("a deletion inside a deleted node is absorbed, and so is one that is said twice", () => {
  const before = "a: 1\nb:\n  c: 2\n  d: 3\n";
  expect(apply(before, remove([0, "b", "c"]), remove([0, "b"]), remove([0, "b"]))).toMatchObject({
    text: "a: 1\n",
    absorbed: [0, 2],
  });
});

test("a list at the column of its key loses an item and nothing else", () => {
  const before = "needs:\n- build\n- lint\n- docs\nruns-on: linux\n";
  expect(edited(before, remove([0, "needs", 1]))).toBe("needs:\n- build\n- docs\nruns-on: linux\n");
});

test("an explicit key goes with its value", () => {
  expect(edited("? one\n: 1\n? two\n: 2\nthree: 3\n", remove([0, "two"]))).toBe("? one\n: 1\nthree: 3\n");
});

test("each document is edited in its own right", () => {
  expect(edited("a: 1\nb: 2\n---\na: 3\nb: 4\n...\n", remove([1, "b"]))).toBe("a: 1\nb: 2\n---\na: 3\n...\n");
});
