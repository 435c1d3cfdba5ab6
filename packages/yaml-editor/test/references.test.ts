import { describe, expect, test } from "vitest";
import { edited, refusals, remove } from "./harness.ts";

describe("anchors, aliases and merges", () => {
  const source = "base: &base\n  x: 1\n  y: 2\nuse: *base\nown:\n  <<: *base\n  x: 3\n";

  test("an anchor that is used elsewhere stays", () => {
    expect(refusals(source, remove([0, "base"]))).toEqual(["anchor-in-use"]);
    expect(edited(source, remove([0, "base"]), remove([0, "use"]), remove([0, "own", "<<"]))).toBe("own:\n  x: 3\n");
  });

  test("a node that aliases show elsewhere is not changed through one place", () => {
    expect(refusals(source, remove([0, "base", "x"]))).toEqual(["anchor-in-use"]);
    expect(refusals(source, { kind: "set", path: [0, "base", "x"], value: 2 })).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x 1\nb: *x\n", { kind: "set", path: [0, "a"], value: 2 })).toEqual(["anchor-in-use"]);
  });

  test("the name of a key is its own, whatever aliases show of its value", () => {
    const shown = "a: &x {k: 1}\nb: *x\n";
    expect(edited(shown, { kind: "rename-key", path: [0, "a"], key: "c" })).toBe("c: &x {k: 1}\nb: *x\n");
    expect(refusals(shown, { kind: "rename-key", path: [0, "a", "k"], key: "c" })).toEqual(["anchor-in-use"]);
  });

  test("an alias of nothing is in the way of no edit", () => {
    expect(edited("a:\nb: *x\n", { kind: "set", path: [0, "a"], value: 1 })).toBe("a: 1\nb: *x\n");
  });

  test("an anchor that is used in a key, or deep in a list, stays", () => {
    expect(refusals("a: &x 1\n? [k, *x]\n: 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x k\n*x : 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x k\n? {*x : 1}\n: 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: {k: &x 1}\nb: *x\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: {&x k: 1}\nb: *x\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: [&x k: 1]\nb: *x\n", remove([0, "a", 0]))).toEqual(["anchor-in-use"]);
    const deep = "a: &x 1\nb:\n  - c: [*x]\nd: 2\n";
    expect(refusals(deep, remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(edited(deep, remove([0, "a"]), remove([0, "b"]))).toBe("d: 2\n");
  });

  test("a comment may be given to what aliases show elsewhere", () => {
    expect(edited(source, { kind: "comment-above", path: [0, "base", "x"], lines: ["why"] })).toBe(
      source.replace("  x: 1", "  # why\n  x: 1"),
    );
  });

  test("one of several merged maps is enough to hide a key behind", () => {
    const two = "a: &a {x: 1}\nb: &b {y: 2}\nuse:\n  <<: [*a, *b]\n  x: 3\n  z: 4\n";
    expect(refusals(two, remove([0, "use", "x"]))).toEqual(["merge-key"]);
    expect(edited(two, remove([0, "use", "z"]))).toBe(two.replace("  z: 4\n", ""));
    expect(edited(two, remove([0, "use"]), remove([0, "use", "x"]))).toBe("a: &a {x: 1}\nb: &b {y: 2}\n");
  });

  test("an alias is no target for a value, but its entry can go", () => {
    expect(refusals(source, { kind: "set", path: [0, "use"], value: 2 })).toEqual(["alias-target"]);
    expect(refusals(source, remove([0, "use", "x"]))).toEqual(["alias-target"]);
    expect(edited(source, remove([0, "use"]))).toBe(source.replace("use: *base\n", ""));
  });

  test("a key that hides a merged one stays, and one that hides nothing goes", () => {
    expect(refusals(source, remove([0, "own", "x"]))).toEqual(["merge-key"]);
    const more = `${source}  z: 4\n`;
    expect(edited(more, remove([0, "own", "z"]))).toBe(source);
  });

  test("an anchor that is defined twice keeps its aliases apart", () => {
    const twice = "a: &x 1\nb: *x\nc: &x 2\nd: *x\n";
    expect(edited(twice, remove([0, "b"]), remove([0, "a"]))).toBe("c: &x 2\nd: *x\n");
    expect(refusals(twice, remove([0, "c"]))).toEqual(["anchor-in-use"]);
    expect(edited(twice, remove([0, "c"]), remove([0, "d"]))).toBe("a: &x 1\nb: *x\n");
  });

  test("an anchor and tag stay with a value that is set", () => {
    expect(edited("a: &x !!str one # c\n", { kind: "set", path: [0, "a"], value: "two" })).toBe(
      "a: &x !!str two # c\n",
    );
  });
});
