import { describe, expect, test } from "vitest";
import { apply, edited, remove, yaml } from "./harness.ts";

const LINT = [0, "jobs", "lint"] as const;

describe("comments of a deleted node", () => {
  test("the block directly above, at its column, goes with it", () => {
    const before = yaml`
      jobs:
        test:
          runs-on: linux

        # Style is checked apart.
        # Nobody reads it.
        lint:
          runs-on: linux
    `;
    expect(edited(before, remove(LINT))).toBe(yaml`
      jobs:
        test:
          runs-on: linux
    `);
  });

  test("a section header, with a blank line below it, stays", () => {
    const before = yaml`
      jobs:
        test:
          runs-on: linux

        ### Style ###

        lint:
          runs-on: linux

        docs:
          runs-on: linux
    `;
    expect(edited(before, remove(LINT))).toBe(yaml`
      jobs:
        test:
          runs-on: linux

        ### Style ###

        docs:
          runs-on: linux
    `);
  });

  test("the header of the file stays", () => {
    expect(edited("# Copyright\nname: CI\non: push\n", remove([0, "name"]))).toBe("# Copyright\non: push\n");
    expect(edited("---\n# Copyright\nname: CI\non: push\n", remove([0, "name"]))).toBe("---\n# Copyright\non: push\n");
  });

  test("under the header and a blank line, the key's own comment goes", () => {
    expect(edited("# Copyright\n\n# Shown in the list\nname: CI\non: push\n", remove([0, "name"]))).toBe(
      "# Copyright\n\non: push\n",
    );
  });

  test("the comment on its line goes, and is reported", () => {
    const before = "steps:\n  - run: make\n    continue-on-error: true # flaky\n    shell: bash\n";
    const result = apply(before, remove([0, "steps", 0, "continue-on-error"]));
    expect(result).toMatchObject({
      ok: true,
      text: "steps:\n  - run: make\n    shell: bash\n",
      removedComments: [{ text: " flaky", line: 3 }],
    });
  });

  test("a switched-off key glued under the sibling stays when a scalar below it goes", () => {
    const before = "env:\n  LEVEL: 1\n  # DEBUG: 1\n  TRACE: 1\n  COLOR: 1\n";
    expect(edited(before, remove([0, "env", "TRACE"]))).toBe("env:\n  LEVEL: 1\n  # DEBUG: 1\n  COLOR: 1\n");
  });

  test("a remark glued under the sibling goes with a scalar, also one with a colon", () => {
    const before = "env:\n  LEVEL: 1\n  # NOTE: very loud\n  TRACE: 1\n  COLOR: 1\n";
    expect(edited(before, remove([0, "env", "TRACE"]))).toBe("env:\n  LEVEL: 1\n  COLOR: 1\n");
  });

  test("what reads like a switched-off key is the node's own after a blank line", () => {
    expect(edited("a: 1\n\n# b: old\nb: 2\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\nc: 3\n");
  });

  test("a switched-off item stays when the item below it goes", () => {
    expect(edited("needs:\n  - build\n  # - lint\n  - docs\n", remove([0, "needs", 1]))).toBe(
      "needs:\n  - build\n  # - lint\n",
    );
  });

  test("a remark with a list in it goes with the key, a switched-off list stays", () => {
    const remark = "env:\n  LEVEL: 1\n  # Held back, so that no update breaks:\n  #   - the compiler\n  TRACE: 1\n";
    expect(edited(remark, remove([0, "env", "TRACE"]))).toBe("env:\n  LEVEL: 1\n");
    const off = "with:\n  level: 1\n  # - lint\n  # - docs\n  trace: 1\n";
    expect(edited(off, remove([0, "with", "trace"]))).toBe("with:\n  level: 1\n  # - lint\n  # - docs\n");
    const both = "env:\n  LEVEL: 1\n  # Not needed now.\n  # DEBUG: 1\n  TRACE: 1\n";
    expect(edited(both, remove([0, "env", "TRACE"]))).toBe("env:\n  LEVEL: 1\n  # Not needed now.\n  # DEBUG: 1\n");
  });

  test("a deeper comment glued below goes with the node; one at its column belongs to the next", () => {
    const before = yaml`
      jobs:
        lint:
          steps:
            - run: make lint
            # - run: make style
        # Needs a database.
        test:
          runs-on: linux
    `;
    expect(edited(before, remove(LINT))).toBe(yaml`
      jobs:
        # Needs a database.
        test:
          runs-on: linux
    `);
  });

  test("switched-off steps at the end of a job go with it, also after a blank line", () => {
    const before = yaml`
      jobs:
        lint:
          steps:
            - run: make lint

            # - run: make style

        test:
          runs-on: linux
    `;
    expect(edited(before, remove(LINT))).toBe("jobs:\n  test:\n    runs-on: linux\n");
  });

  test("a deeper comment directly above the next step is the next step's", () => {
    const before = "steps:\n  - run: one\n\n    # about two\n  - run: two\n";
    expect(edited(before, remove([0, "steps", 0]))).toBe("steps:\n    # about two\n  - run: two\n");
  });
});

describe("blank lines", () => {
  test("blank on both sides: the run after the node goes", () => {
    expect(edited("a: 1\n\nb: 2\n\n\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\nc: 3\n");
  });

  test("blank on one side: it stays", () => {
    expect(edited("a: 1\nb: 2\n\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\nc: 3\n");
    expect(edited("a: 1\n\nb: 2\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\nc: 3\n");
  });

  test("the first child leaves no blank line under its parent, nor at the start of the file", () => {
    expect(edited("jobs:\n  a: 1\n\n  b: 2\n", remove([0, "jobs", "a"]))).toBe("jobs:\n  b: 2\n");
    expect(edited("name: CI\n\non: push\n", remove([0, "name"]))).toBe("on: push\n");
  });

  test("the last child takes the blank lines above it along, also at the end of the file", () => {
    expect(edited("a:\n  - 1\n\n  - 2\nb: 3\n", remove([0, "a", 1]))).toBe("a:\n  - 1\nb: 3\n");
    expect(edited("a: 1\n\nb: 2\n", remove([0, "b"]))).toBe("a: 1\n");
  });

  test("the last child leaves the blank lines above it to a comment that follows", () => {
    expect(edited("a:\n  - 1\n\n  - 2\n# about b\nb: 3\n", remove([0, "a", 1]))).toBe("a:\n  - 1\n\n# about b\nb: 3\n");
  });

  test("the trailing blank lines of a |+ scalar are its text", () => {
    const before = "text: |+\n  one\n\nnext: 1\n\nlast: 2\n";
    expect(edited(before, remove([0, "next"]))).toBe("text: |+\n  one\n\nlast: 2\n");
    expect(edited(before, remove([0, "text"]))).toBe("next: 1\n\nlast: 2\n");
  });

  test("blank lines that would become text of a |+ scalar go", () => {
    expect(edited("text: |+\n  one\nnext: 1\n\nlast: 2\n", remove([0, "next"]))).toBe("text: |+\n  one\nlast: 2\n");
  });
});
