import { describe, expect, test } from "vitest";
import type { Edit, Path } from "../src/index.ts";
import { apply, edited, open, refusals, remove, replace, yaml } from "./harness.ts";

function above(path: Path, lines: readonly string[], again?: boolean): Edit {
  return again === undefined
    ? { kind: "comment-above", path, lines }
    : { kind: "comment-above", path, lines, replace: again };
}

function behind(path: Path, text: string | null): Edit {
  return { kind: "comment-at", path, text };
}

test("a line of a block scalar at the first column is no comment", () => {
  expect(open("--- |\n# text\n").comments).toEqual([]);
});

describe("comment-above", () => {
  test("stands at the key's column, under the comments it has", () => {
    const before = "jobs:\n  # Slow.\n  lint:\n    runs-on: linux\n";
    expect(edited(before, above([0, "jobs", "lint"], ["Owner: docs", ""]))).toBe(
      "jobs:\n  # Slow.\n  # Owner: docs\n  #\n  lint:\n    runs-on: linux\n",
    );
    expect(edited(before, above([0, "jobs", "lint"], ["Owner: docs"], true))).toBe(
      "jobs:\n  # Owner: docs\n  lint:\n    runs-on: linux\n",
    );
  });

  test("above the first key of a step means above the step", () => {
    const before = "steps:\n  # one\n  - if: false\n    run: make\n";
    expect(edited(before, above([0, "steps", 0, "if"], ["why"]))).toBe(
      "steps:\n  # one\n  # why\n  - if: false\n    run: make\n",
    );
    expect(edited(before, above([0, "steps", 0, "run"], ["why"]))).toBe(
      "steps:\n  # one\n  - if: false\n    # why\n    run: make\n",
    );
  });

  test("without lines leaves the file as it is, or takes the block that is there", () => {
    expect(edited("# header\n\n# one\na: 1\n", above([0, "a"], []))).toBe("# header\n\n# one\na: 1\n");
    expect(apply("# header\n\n# one\na: 1\n", above([0, "a"], [], true))).toMatchObject({
      text: "# header\n\na: 1\n",
      removedComments: [{ text: " one" }],
    });
  });

  test("above a list in a list means above the outer item, however wide the gap", () => {
    expect(edited("- -   - a\n", above([0, 0, 0, 0], ["x"]))).toBe("# x\n- -   - a\n");
  });

  test("has no place inside a line", () => {
    expect(refusals("needs: [a, b]\n", above([0, "needs", 1], ["x"]))).toEqual(["cannot-represent"]);
    expect(refusals("a: {b: 1}\n", above([0, "a", "b"], ["x"]))).toEqual(["cannot-represent"]);
    expect(refusals("a: [\n  b, c\n]\n", above([0, "a", 1], ["x"]))).toEqual(["cannot-represent"]);
    expect(refusals("a: [\n  {b: 1}\n]\n", above([0, "a", 0, "b"], ["x"]))).toEqual(["cannot-represent"]);
    expect(refusals("a: 1\n", above([0, "a"], ["two\nlines"]))).toEqual(["cannot-represent"]);
  });

  test("in a flow collection stands above what has a line of its own, also a pair without braces", () => {
    expect(edited("a: [\n  b,\n  c: 1\n]\n", above([0, "a", 1, "c"], ["x"]))).toBe("a: [\n  b,\n  # x\n  c: 1\n]\n");
  });

  test("is written with a space after the # unless the line brings its own beginning", () => {
    expect(edited("a: 1\n", above([0, "a"], ["x", "  x", "!x", "#x", "\tx"]))).toBe(
      "# x\n#  x\n#!x\n##x\n#\tx\na: 1\n",
    );
  });

  test("of the first key stays below a byte order mark", () => {
    expect(edited("\uFEFFa: 1\n", above([0, "a"], ["x"]))).toBe("\uFEFF# x\na: 1\n");
  });
});

describe("comment-at", () => {
  test("replaces the text and keeps the gap", () => {
    expect(edited("a: 1    # old\n", behind([0, "a"], "new"))).toBe("a: 1    # new\n");
  });

  test("does nothing where the comment says it already, or where none is to be removed", () => {
    expect(apply("a: 1 # x\n", behind([0, "a"], "x"))).toMatchObject({ text: "a: 1 # x\n", splices: [] });
    expect(apply("a: 1\n", behind([0, "a"], null))).toMatchObject({ text: "a: 1\n", splices: [] });
  });

  test("removes the comment with the blanks before it", () => {
    const result = apply("a: 1  # old\nb: 2\n", behind([0, "a"], null));
    expect(result).toMatchObject({ ok: true, text: "a: 1\nb: 2\n", removedComments: [{ text: " old" }] });
  });

  test("is written with the gap that the file uses, or two blanks", () => {
    expect(edited("a: 1\nb: 2 # x\n", behind([0, "a"], "y"))).toBe("a: 1 # y\nb: 2 # x\n");
    expect(edited("a: 1\n", behind([0, "a"], "y"))).toBe("a: 1  # y\n");
    expect(edited("a: one two  # x\nb: 2\n", behind([0, "b"], "y"))).toBe("a: one two  # x\nb: 2  # y\n");
    expect(edited("a: 1  # x\nb: 2 # x\nc: 3\n", behind([0, "c"], "y"))).toBe("a: 1  # x\nb: 2 # x\nc: 3  # y\n");
    expect(edited("# x\n\na: 1 # x\nb: 2\n", behind([0, "b"], "y"))).toBe("# x\n\na: 1 # x\nb: 2 # y\n");
    expect(edited("a: 1\t# x\nb: 2   # x\nc: 3\n", behind([0, "c"], "y"))).toBe("a: 1\t# x\nb: 2   # x\nc: 3  # y\n");
  });

  test("stands on the header of a block scalar, on the line of a key, on the last line of a plain value", () => {
    expect(edited("a: |\n  x\n", behind([0, "a"], "y"))).toBe("a: |  # y\n  x\n");
    expect(edited("a:\n  b: 1\n", behind([0, "a"], "y"))).toBe("a:  # y\n  b: 1\n");
    expect(edited("a: one\n  two\nb: 1\n", behind([0, "a"], "y"))).toBe("a: one\n  two  # y\nb: 1\n");
    expect(edited("a: &x\n  b: 1\n", behind([0, "a"], "y"))).toBe("a: &x  # y\n  b: 1\n");
  });

  test("in a flow collection stands behind the comma, or is refused", () => {
    expect(edited("a: [\n  b,\n  c\n]\n", behind([0, "a", 0], "y"))).toBe("a: [\n  b,  # y\n  c\n]\n");
    expect(edited("a: [\n  b,\n  c\n]\n", behind([0, "a", 1], "y"))).toBe("a: [\n  b,\n  c  # y\n]\n");
    expect(edited("a: [\n  b ,\n  c\n]\n", behind([0, "a", 0], "y"))).toBe("a: [\n  b ,  # y\n  c\n]\n");
    expect(refusals("a: [b, c]\n", behind([0, "a", 0], "y"))).toEqual(["cannot-represent"]);
    expect(refusals("a: [b, c]\n", behind([0, "a", 1], "y"))).toEqual(["cannot-represent"]);
  });
});

describe("two edits at one key", () => {
  const before = "a:\n  if: false # Has been broken\n  run: x\n";
  const IF: Path = [0, "a", "if"];

  test("a reason is lifted from behind a key to above it, and nothing counts as removed", () => {
    const result = apply(before, behind(IF, null), above(IF, ["Has been broken", "since spring"]));
    expect(result).toMatchObject({
      ok: true,
      text: "a:\n  # Has been broken\n  # since spring\n  if: false\n  run: x\n",
      removedComments: [],
    });
  });

  test("a value and its comment change together, in either order", () => {
    const edits: Edit[] = [{ kind: "set", path: IF, value: "github.ref == 'x'" }, behind(IF, "fixed")];
    const after = "a:\n  if: github.ref == 'x' # fixed\n  run: x\n";
    expect(edited(before, ...edits)).toBe(after);
    expect(edited(before, ...edits.toReversed())).toBe(after);
  });

  test("a part of a value goes while a comment comes above", () => {
    const source = "a:\n  if: false && x # why\n";
    expect(edited(source, above(IF, ["new"]), replace(source, IF, "false && ", ""))).toBe(
      "a:\n  # new\n  if: x # why\n",
    );
  });

  test("a sibling goes while a comment comes above the next", () => {
    expect(edited("a: 1\n\nb: 2\n\nc: 3\n", remove([0, "b"]), above([0, "c"], ["x"]))).toBe("a: 1\n\n# x\nc: 3\n");
  });
});

test("the view tells which comments belong to whom", () => {
  const file = open(yaml`
    # header

    # about jobs
    jobs: # all of them
      # one
      # two
      lint: # cheap
        steps:
          # first
          - name: x # step
            run: | # script
              make
  `);
  const own = (path: Path): unknown => {
    const comments = file.at(path)?.comments;
    return [comments?.leading.map(({ text }) => text), comments?.trailing?.text];
  };
  expect(own([0, "jobs"])).toEqual([[" about jobs"], " all of them"]);
  expect(own([0, "jobs", "lint"])).toEqual([[" one", " two"], " cheap"]);
  expect(own([0, "jobs", "lint", "steps", 0])).toEqual([[" first"], " step"]);
  expect(own([0, "jobs", "lint", "steps", 0, "name"])).toEqual([[], " step"]);
  expect(own([0, "jobs", "lint", "steps", 0, "run"])).toEqual([[], " script"]);
});
