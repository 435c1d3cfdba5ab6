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

describe("in a flow collection on lines of its own", () => {
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
