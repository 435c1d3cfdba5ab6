import { describe, expect, test } from "vitest";
import { apply, edited, refusals, remove } from "./harness.ts";

describe("a deletion", () => {
  test("with an empty note leaves none, and no blank lines for one", () => {
    const before = "a: 1\n\nb: 2\n\nc: 3\n";
    expect(edited(before, remove([0, "b"], []))).toBe(edited(before, remove([0, "b"])));
  });

  test("never empties the steps of a job", () => {
    expect(
      refusals("jobs:\n  a:\n    steps:\n      - run: x\n    x: 1\n", remove([0, "jobs", "a", "steps", 0])),
    ).toEqual(["last-entry"]);
    expect(refusals("a: 1\njobs:\n  a: 1\n", remove([0, "jobs", "a"]))).toEqual(["last-entry"]);
    expect(refusals("on:\n  push:\njobs: 1\n", remove([0, "on", "push"]))).toEqual(["last-entry"]);
    expect(edited("a: 1\nb:\n  jobs:\n    a: 1\n", remove([0, "b", "jobs", "a"]))).toBe("a: 1\n");
  });

  test("takes the deeper comments after a blank line along where what follows is shallower", () => {
    const result = apply("jobs:\n  b: 1\n  a:\n    x: 1\n\n    # tail\n\non: push\n", remove([0, "jobs", "a"]));
    expect(result).toMatchObject({
      ok: true,
      text: "jobs:\n  b: 1\n\non: push\n",
      removedComments: [{ text: " tail" }],
    });
  });

  test("leaves them where they stand above what is as deep", () => {
    const before = "a:\n  x: 1\n\n  # about b\nb: 1\n";
    expect(edited(before, remove([0, "a"]))).toBe("  # about b\nb: 1\n");
  });

  test("keeps the blank lines of a scalar above it that are text", () => {
    expect(edited("a: |+\n  x\n\nb: 1\nc: 2\n", remove([0, "b"]))).toBe("a: |+\n  x\n\nc: 2\n");
    expect(edited("a: |+\n  x\n\nb: 1\n", remove([0, "b"]))).toBe("a: |+\n  x\n\n");
    expect(edited("a: |\n  x\n\nb: 1\n", remove([0, "b"]))).toBe("a: |\n  x\n");
  });
});

describe("comments between what goes and what stays", () => {
  test("a switched-off key between two that go stays", () => {
    const before = "env:\n  A: 1\n  # B: 1\n  C: 1\n  D: 1\n";
    expect(edited(before, remove([0, "env", "A"]), remove([0, "env", "C"]))).toBe("env:\n  # B: 1\n  D: 1\n");
  });

  test("a header directly above the first key stays, with the blank line that is now below it", () => {
    expect(edited("# CI\na: 1\n\nb: 2\n", remove([0, "a"]))).toBe("# CI\n\nb: 2\n");
    expect(edited("# CI\n\na: 1\n\nb: 2\n", remove([0, "a"]))).toBe("# CI\n\nb: 2\n");
  });

  test("after the blank lines below a scalar, a deeper comment is not its own; below a list it is", () => {
    expect(edited("a: 1\nb: 2\n\n  # deep\n\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\n  # deep\n\nc: 3\n");
    expect(edited("a: 1\nb:\n  - 2\n\n  # deep\n\nc: 3\n", remove([0, "b"]))).toBe("a: 1\n\nc: 3\n");
  });

  test("behind the dash, the blank line above the comment that stays goes", () => {
    expect(edited("- a: 1\n\n  # why\n  b: 2\n", remove([0, 0, "a"]))).toBe("-\n  # why\n  b: 2\n");
  });
});

describe("blank lines", () => {
  test("of neighbours that go together, all but those above them go", () => {
    expect(edited("a: [b, c, d, e]\n", ...[0, 1, 2].map((index) => remove([0, "a", index])))).toBe("a: [e]\n");
    expect(edited("a: 1\nb: 2\nc: 3\nd: 4\n", ...["a", "b", "c"].map((key) => remove([0, key])))).toBe("d: 4\n");
    expect(edited("a: 1\n\nb: 2\n\nc: 3\n", remove([0, "b"]), remove([0, "c"]))).toBe("a: 1\n");
    expect(edited("a: 1\n\n\nb: 2\n\nc: 3\n\nd: 4\n", remove([0, "b"]), remove([0, "c"]))).toBe("a: 1\n\n\nd: 4\n");
  });

  test("at the start of a file stay", () => {
    expect(edited("\n\na: 1\n\nb: 2\n", remove([0, "a"]))).toBe("\n\nb: 2\n");
  });

  test("above a comment that ends a collection are those that stood above what goes", () => {
    const before = "a:\n  b: 1\n\n  c: 2\n\n\n  # end\nd: 3\n";
    expect(edited(before, remove([0, "a", "c"]))).toBe("a:\n  b: 1\n\n  # end\nd: 3\n");
  });

  test("that would become text of a |+ scalar go, however deep it ends", () => {
    const before = "jobs:\n  a:\n    b: 1\n    c: 2\n    run: |+\n      x\n  d: 1\n\n  e: 2\n";
    expect(edited(before, remove([0, "jobs", "d"]))).toBe(before.replace("  d: 1\n\n", ""));
  });

  test("below a comment under a |+ scalar are no text", () => {
    expect(edited("a: |+\n  x\n# why\n\nb: 1\n", remove([0, "b"]))).toBe("a: |+\n  x\n# why\n");
  });
});

describe("beside keys without a value", () => {
  test("a key goes, or one of them does", () => {
    const before = "on:\n  push:\n  x: 1\n  y: 2\n";
    expect(edited(before, remove([0, "on", "x"]))).toBe("on:\n  push:\n  y: 2\n");
    expect(edited(before, remove([0, "on", "push"]))).toBe("on:\n  x: 1\n  y: 2\n");
    expect(edited("a: &x 1\nb: *x\nc:\nd: 1\n", remove([0, "d"]))).toBe("a: &x 1\nb: *x\nc:\n");
    expect(edited("a: &x 1\nb: *x\n---\n", remove([0, "b"]))).toBe("a: &x 1\n---\n");
  });
});

describe("what a merge would bring back", () => {
  test("is looked for in merged maps alone", () => {
    expect(edited("jobs:\n  a: 1\na: 1\n", remove([0, "a"]))).toBe("jobs:\n  a: 1\n");
    for (const merged of ["", " text", " [~, text, 1]"]) {
      const before = `a:\n  <<:${merged}\n  length: 1\n  b: 2\n`;
      expect(edited(before, remove([0, "a", "length"]))).toBe(before.replace("  length: 1\n", ""));
    }
  });

  test("is not asked when the merge itself goes", () => {
    const before = "a: &x {'<<': 1}\nb:\n  <<: *x\n  c: 1\n";
    expect(edited(before, remove([0, "b", "<<"]))).toBe("a: &x {'<<': 1}\nb:\n  c: 1\n");
  });
});

describe("in a flow collection on lines of its own", () => {
  test("the comma before the last goes, also where one follows the brackets", () => {
    expect(edited("a: [[\n    b,\n    c\n  ], d]\n", remove([0, "a", 0, 1]))).toBe("a: [[\n    b\n  ], d]\n");
  });

  test("a note may have several lines", () => {
    expect(edited("a: [\n  b,\n  c\n]\n", remove([0, "a", 1], ["gone", "for good"]))).toBe(
      "a: [\n  b\n  # gone\n  # for good\n]\n",
    );
  });

  test("the last of a line takes its comment along, and the line break stays", () => {
    expect(edited("a: [\n  b, c, # why\n  d]\n", remove([0, "a", 1]))).toBe("a: [\n  b,\n  d]\n");
  });

  test("comments inside an item, and those of each that goes, go with them", () => {
    expect(edited("a: [b, {\n    c: 1 # why\n  }, d]\n", remove([0, "a", 1]))).toBe("a: [b, d]\n");
    expect(edited("a: [b, # one\n  c, # two\n  d]\n", remove([0, "a", 0]), remove([0, "a", 1]))).toBe("a: [d]\n");
  });

  test("a comment below an item and before its comma stays: that is refused", () => {
    expect(refusals("a: [b\n  # why\n  , c]\n", remove([0, "a", 0]))).toEqual(["comment-would-change"]);
  });

  test("a comma in a comment is none", () => {
    const before = "a: [\n  x, # one, two\n  y # three, four\n]\n";
    expect(edited(before, remove([0, "a", 1]))).toBe("a: [\n  x # one, two\n]\n");
    expect(refusals("a: [\n  x # one, two\n  , y\n]\n", remove([0, "a", 1]))).toEqual(["comment-would-change"]);
  });

  test("the last of a line goes without the break behind it", () => {
    expect(edited("a: [\n  x, y,\n  z\n]\n", remove([0, "a", 1]))).toBe("a: [\n  x,\n  z\n]\n");
    expect(edited("a: [\n  x, y, z\n]\n", remove([0, "a", 2]))).toBe("a: [\n  x, y\n]\n");
    expect(edited("a: [x,\n  y, z]\n", remove([0, "a", 1]))).toBe("a: [x,\n  z]\n");
  });

  test("a comment right before or behind the place of a deletion stays", () => {
    expect(edited("a: [x, y] # y\n", remove([0, "a", 1]))).toBe("a: [x] # y\n");
    expect(edited("a: [ # x\n  x, y]\n", remove([0, "a", 0]))).toBe("a: [ # x\n  y]\n");
  });
});
