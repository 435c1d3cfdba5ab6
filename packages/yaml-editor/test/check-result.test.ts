import { describe, expect, test } from "vitest";
import type { Edit, Path } from "../src/index.ts";
import { remove } from "./harness.ts";
import { set, verdict } from "./verdict.ts";

const insert = (path: Path, value: Extract<Edit, { kind: "insert-key" }>["value"]): Edit => ({
  kind: "insert-key",
  path,
  key: "new",
  value,
});

describe("beside a key that is deleted, the check sees", () => {
  const GONE = "gone: 1\n";
  test.each([
    ["another value", "a: 1\n", "a: 2\n", "a: the scalar changed"],
    ["a value that reads alike", "a: 10\n", "a: 1e1\n", "a: the scalar changed"],
    ["other quotes", "a: 'x'\n", 'a: "x"\n', "a: the scalar changed"],
    ["a text that became a number", "a: '1'\n", "a: 1\n", "a: the scalar changed"],
    ["a value that came", "a:\n", "a: null\n", "a: a value came or went"],
    ["a value that went", "a: x\n", "a:\n", "a: a value came or went"],
    ["another kind", "a: x\n", "a: [x]\n", "a: scalar became sequence"],
    ["a map that became a list", "a: {b: 1}\n", "a: [b: 1]\n", "a: map became sequence"],
    ["flow style that became block style", "a: [x]\n", "a:\n  - x\n", "a: flow and block style changed"],
    ["a child that came", "a: [x]\n", "a: [x, y]\n", "a: 2 children instead of 1"],
    ["a child that went", "a: [x, y]\n", "a: [x]\n", "a: 1 children instead of 2"],
    ["another key", "a: 1\n", "b: 1\n", "a: the scalar changed"],
    ["another order", "a: 1\nb: 2\n", "b: 2\na: 1\n", "a: the scalar changed"],
    ["an anchor that went", "a: &x 1\n", "a: 1\n", "a: the anchor or tag changed"],
    ["an anchor with another name", "a: &x 1\n", "a: &y 1\n", "a: the anchor or tag changed"],
    ["another tag", "a: !x 1\n", "a: !y 1\n", "a: the anchor or tag changed"],
    ["a tag on a collection", "a: [1]\n", "a: !x [1]\n", "a: the anchor or tag changed"],
    ["another alias", "a: &x 1\nb: &y 1\nc: *x\n", "a: &x 1\nb: &y 1\nc: *y\n", "c: the alias names another node"],
    ["an alias of nothing, with another name", "a: *x\n", "a: *y\n", "a: the alias names another node"],
    ["an anchor deep inside", "a: [&x 1]\nb: [*x]\n", "a: [&y 1]\nb: [*x]\n", "a[0]: the anchor or tag changed"],
    ["an alias written out", "a: &x 1\nb: *x\n", "a: &x 1\nb: 1\n", "b: alias became scalar"],
    ["a key deep inside", "a:\n  - b: {c: 1}\n", "a:\n  - b: {d: 1}\n", "a[0].b.c: the scalar changed"],
    ["a key that is a list", "? [a]\n: 1\n", "? [b]\n: 1\n", "[0]: the scalar changed"],
    ["a directive that makes another value of a word", "a: [no]\n", "%YAML 1.1\n---\na: [no]\n", "a[0]: the scalar"],
    ["a value in a document that is empty", "a: 1\n---\n", "a: 1\n---\nb\n", "a value came or went"],
    ["a document more", "a: 1\n", "a: 1\n---\nb: 1\n", "the number of documents would change"],
    ["what cannot be read", "a: 1\n", "a: [\n", "the result cannot be read"],
  ])("%s", (_name, before, after, message) => {
    expect(verdict(GONE + before, [remove([0, "gone"])], before)).toBe("accepted");
    const found = verdict(GONE + before, [remove([0, "gone"])], after);
    expect(found).toMatchObject({ code: "check-failed", message: expect.stringContaining(message) });
  });

  test("the key, where it is still there", () => {
    expect(verdict("gone: 1\na: 1\n", [remove([0, "gone"])], "gone: 2\na: 1\n")).toMatchObject({
      code: "check-failed",
    });
  });

  test("an alias that names a later node with the anchor of its own", () => {
    const before = "gone: 1\na: &x 1\nb: *x\nc: &x 1\n";
    const after = "a: &x 1\nc: &x 1\nb: *x\n";
    expect(verdict(before, [remove([0, "gone"])], after)).toMatchObject({ code: "check-failed" });
  });

  test("comments that came, went, or changed", () => {
    const edits = [remove([0, "gone"])];
    const code = "comment-would-change";
    expect(verdict("gone: 1\na: 1 # x\n", edits, "a: 1 # x\n")).toBe("accepted");
    expect(verdict("gone: 1\na: |\n  x\n", edits, "a: |# y\n  x\n")).toMatchObject({ code: "check-failed" });
    expect(verdict("gone: 1\na: 1\n", edits, "a: 1 # y\n")).toMatchObject({ code });
    // Text that turned into a comment, in the splice of which nothing was one.
    expect(verdict("gone: 1\na: 'x' \nb: 1 # y\n", edits, "a: 'x' # z\nb: 1 # y\n")).toMatchObject({ code });
  });
});

describe("of what an edit writes, the check sees", () => {
  test.each<[string, string, Edit, string, string, string]>([
    ["another value", "a: 1\n", set([0, "a"], 2), "a: 2\n", "a: 3\n", "not the value"],
    ["a number for a text", "a: 1\n", set([0, "a"], "2"), "a: '2'\n", "a: 2\n", "not the value"],
    ["a collection for a text", "a: 1\n", set([0, "a"], "2"), "a: '2'\n", "a: [2]\n", "not the value"],
    ["nothing for a text", "a: 1\n", set([0, "a"], "2"), "a: '2'\n", "a:\n", "not the value"],
    [
      "another text",
      "a: abc\n",
      { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 1, text: "" },
      "a: bc\n",
      "a: ac\n",
      "not the value",
    ],
    [
      "another number",
      "a: 10\n",
      { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 1, text: "2" },
      "a: 20\n",
      "a: 30\n",
      "not the value",
    ],
    [
      "a number where a text lost its letters",
      "a: x1\n",
      { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 1, text: "" },
      "a: '1'\n",
      "a: 1\n",
      "not the value",
    ],
    ["another name", "a: 1\n", { kind: "rename-key", path: [0, "a"], key: "b" }, "b: 1\n", "c: 1\n", 'not "b"'],
    ["a new key that is missing", "a: 1\n", insert([0], 1), "a: 1\nnew: 1\n", "a: 2\n", "children"],
    ["a new key with another name", "a: 1\n", insert([0], 1), "a: 1\nnew: 1\n", "a: 1\nold: 1\n", "not in its place"],
    ["a new key in another place", "a: 1\n", insert([0], 1), "a: 1\nnew: 1\n", "new: 1\na: 1\n", "scalar changed"],
    ["a new value of another type", "a: 1\n", insert([0], "1"), "a: 1\nnew: '1'\n", "a: 1\nnew: 1\n", "another way"],
    ["nothing for null", "a: 1\n", insert([0], [null]), "a: 1\nnew: [null]\n", "a: 1\nnew: null\n", "another way"],
    ["a list for a map", "a: 1\n", insert([0], { x: 1 }), "a: 1\nnew: {x: 1}\n", "a: 1\nnew: [1]\n", "another way"],
    ["nothing for an empty map", "a: 1\n", insert([0], {}), "a: 1\nnew: {}\n", "a: 1\nnew:\n", "another way"],
    ["a scalar for an empty map", "a: 1\n", insert([0], {}), "a: 1\nnew: {}\n", "a: 1\nnew: 1\n", "another way"],
    ["a list for an empty map", "a: 1\n", insert([0], {}), "a: 1\nnew: {}\n", "a: 1\nnew: []\n", "another way"],
    ["an item too many", "a: 1\n", insert([0], [1]), "a: 1\nnew: [1]\n", "a: 1\nnew: [1, 2]\n", "another way"],
    ["an item too few", "a: 1\n", insert([0], [1, 2]), "a: 1\nnew: [1, 2]\n", "a: 1\nnew: [1]\n", "another way"],
    [
      "another key inside",
      "a: 1\n",
      insert([0], { x: 1 }),
      "a: 1\nnew: {x: 1}\n",
      "a: 1\nnew: {y: 1}\n",
      "another way",
    ],
    ["a scalar for a list", "a: 1\n", insert([0], ["x"]), "a: 1\nnew: [x]\n", "a: 1\nnew: x\n", "another way"],
    [
      "an item in another place",
      "a: [x, y]\n",
      { kind: "insert-item", path: [0, "a"], index: 1, value: "n" },
      "a: [x, n, y]\n",
      "a: [x, y, n]\n",
      "the inserted value",
    ],
  ])("%s", (...row) => {
    const [, source, edit, right, wrong, message] = row;
    expect(verdict(source, [edit], right)).toBe("accepted");
    expect(verdict(source, [edit], wrong)).toMatchObject({
      code: "check-failed",
      message: expect.stringContaining(message),
    });
  });

  test("a key that two edits write", () => {
    const twice = [insert([0], 1), insert([0], 2)];
    expect(verdict("a: 1\n", twice, "a: 1\nnew: 1\nnew: 2\n")).toMatchObject({
      code: "check-failed",
      message: 'the document: the key "new" is written twice',
    });
  });

  test("a comment that is not there, or says something else", () => {
    const edit: Edit = { kind: "comment-above", path: [0, "a"], lines: ["why"] };
    expect(verdict("a: 1\n", [edit], "# why\na: 1\n")).toBe("accepted");
    expect(verdict("a: 1\n", [edit], "# not\na: 1\n")).toMatchObject({ code: "comment-would-change" });
    expect(verdict("a: 1\n", [edit], "a: 1\n")).toMatchObject({ code: "comment-would-change" });
  });
});
