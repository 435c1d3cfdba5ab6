import { describe, expect, test } from "vitest";
import type { Edit, NewValue, Path } from "../src/index.ts";
import { apply, edited, refusals, remove, replace } from "./harness.ts";

function key(path: Path, name: string, value: NewValue, side: { after?: string; before?: string } = {}): Edit {
  return { kind: "insert-key", path, key: name, value, ...side };
}

const item = (path: Path, index: number, value: NewValue): Edit => ({ kind: "insert-item", path, index, value });
const set = (path: Path, value: string): Edit => ({ kind: "set", path, value });
const behind = (path: Path, text: string | null): Edit => ({ kind: "comment-at", path, text });
const above = (path: Path, line: string): Edit => ({ kind: "comment-above", path, lines: [line] });
const rename = (path: Path, name: string): Edit => ({ kind: "rename-key", path, key: name });

/** The text after the edits, which must not depend on their order. */
function inAnyOrder(source: string, ...edits: Edit[]): string {
  const text = edited(source, ...edits);
  expect(edited(source, ...edits.toReversed())).toBe(text);
  return text;
}

describe("insertions between the same two siblings keep their order", () => {
  const before = "a: 1\nb: 2\nc: 3\n";
  const x = key([0], "x", 1, { after: "a" });
  const y = key([0], "y", 2, { before: "b" });

  test("whichever sibling they name", () => {
    expect(edited(before, x, y)).toBe("a: 1\nx: 1\ny: 2\nb: 2\nc: 3\n");
    expect(edited(before, y, x)).toBe("a: 1\ny: 2\nx: 1\nb: 2\nc: 3\n");
  });

  test("and those above and below one sibling stay apart", () => {
    const sides = [key([0], "x", 1, { before: "b" }), key([0], "y", 2, { after: "b" })];
    expect(inAnyOrder(before, ...sides)).toBe("a: 1\nx: 1\nb: 2\ny: 2\nc: 3\n");
  });

  test("on both sides of a key that goes", () => {
    const sides = [key([0], "x", 1, { before: "b" }), key([0], "y", 2, { after: "b" }), remove([0, "b"])];
    expect(inAnyOrder(before, ...sides)).toBe("a: 1\nx: 1\ny: 2\nc: 3\n");
    const apart = [x, key([0], "y", 2, { before: "c" }), remove([0, "b"])];
    expect(inAnyOrder(before, ...apart)).toBe("a: 1\nx: 1\ny: 2\nc: 3\n");
  });

  test("in a flow collection, also in one that was empty", () => {
    expect(
      edited("a: {b: 1, c: 2}\n", key([0, "a"], "y", 2, { before: "c" }), key([0, "a"], "x", 1, { after: "b" })),
    ).toBe("a: {b: 1, y: 2, x: 1, c: 2}\n");
    expect(
      edited(
        "a: {}\nb: []\n",
        key([0, "a"], "x", 1),
        key([0, "a"], "y", 2),
        item([0, "b"], 0, 1),
        item([0, "b"], 0, 2),
      ),
    ).toBe("a: {x: 1, y: 2}\nb: [1, 2]\n");
    expect(
      edited("a: [b, c]\n", item([0, "a"], 0, 1), item([0, "a"], 0, 2), item([0, "a"], 2, 3), item([0, "a"], 2, 4)),
    ).toBe("a: [1, 2, b, c, 3, 4]\n");
  });

  test("on lines of their own", () => {
    const two = (index: number): Edit[] => [item([0, "a"], index, 1), item([0, "a"], index, 2)];
    expect(edited("a: [\n  b\n]\n", ...two(1))).toBe("a: [\n  b,\n  1,\n  2\n]\n");
    expect(edited("a: [\n  b,\n]\n", ...two(1))).toBe("a: [\n  b,\n  1,\n  2,\n]\n");
    expect(edited("a: [\n  b\n]\n", ...two(0))).toBe("a: [\n  1,\n  2,\n  b\n]\n");
    const lines = "a: {\n  b: 1,\n  c: 2\n}\n";
    const sides = [key([0, "a"], "x", 1, { after: "b" }), key([0, "a"], "y", 2, { before: "c" })] as const;
    expect(edited(lines, ...sides)).toBe("a: {\n  b: 1,\n  x: 1,\n  y: 2,\n  c: 2\n}\n");
    expect(edited(lines, ...sides.toReversed())).toBe("a: {\n  b: 1,\n  y: 2,\n  x: 1,\n  c: 2\n}\n");
    expect(edited("- a: 1\n", key([0, 0], "x", 1, { before: "a" }), key([0, 0], "y", 2, { before: "a" }))).toBe(
      "- x: 1\n  y: 2\n  a: 1\n",
    );
  });
});

describe("edits that meet at one place", () => {
  test("a line at the end of a script stands before the key that follows it", () => {
    const source = "run: |\n  one\nb: 1\n";
    const line: Edit = { kind: "replace-in-scalar", path: [0, "run"], start: 4, end: 4, text: "two\n" };
    expect(inAnyOrder(source, line, key([0], "x", 1, { after: "run" }))).toBe("run: |\n  one\n  two\nx: 1\nb: 1\n");
  });

  test("a new value stands before the comma that a new neighbour brings, and a comment behind it", () => {
    const source = "a: [\n  b\n]\n";
    const longer: Edit = { kind: "replace-in-scalar", path: [0, "a", 0], start: 1, end: 1, text: "2" };
    expect(inAnyOrder(source, longer, item([0, "a"], 1, "x"), behind([0, "a", 0], "why"))).toBe(
      "a: [\n  b2,  # why\n  x\n]\n",
    );
    expect(inAnyOrder("a: [b]\n", { ...longer }, item([0, "a"], 1, "x"))).toBe("a: [b2, x]\n");
    expect(inAnyOrder("a: b\n", { ...longer, path: [0, "a"] } as Edit, behind([0, "a"], "why"))).toBe("a: b2  # why\n");
  });

  test("a key comes, and the one below it has another name and a comment above", () => {
    expect(
      inAnyOrder("a: 1\nb: 2\n", key([0], "x", 1, { before: "b" }), rename([0, "b"], "c"), above([0, "b"], "why")),
    ).toBe("a: 1\nx: 1\n# why\nc: 2\n");
    expect(inAnyOrder("- b: 2\n", key([0, 0], "x", 1, { before: "b" }), rename([0, 0, "b"], "c"))).toBe(
      "- x: 1\n  c: 2\n",
    );
    expect(inAnyOrder("a: {b: 2}\n", key([0, "a"], "x", 1, { before: "b" }), rename([0, "a", "b"], "c"))).toBe(
      "a: {x: 1, c: 2}\n",
    );
    expect(inAnyOrder("a: [\n  b\n]\n", item([0, "a"], 0, "x"), above([0, "a", 0], "why"))).toBe(
      "a: [\n  x,\n  # why\n  b\n]\n",
    );
  });

  test("an item comes in front of one that grows at its start", () => {
    const grow: Edit = { kind: "replace-in-scalar", path: [0, "a", 0], start: 0, end: 0, text: "b" };
    expect(inAnyOrder("a: [c]\n", grow, item([0, "a"], 0, "x"))).toBe("a: [x, bc]\n");
  });

  test("a key comes above the one that goes, with a note in its place", () => {
    expect(inAnyOrder("a: 1\nb: 2\nc: 3\n", key([0], "x", 1, { after: "a" }), remove([0, "b"], ["gone"]))).toBe(
      "a: 1\nx: 1\n# gone\nc: 3\n",
    );
  });

  test("what cannot be in one place is refused, and the refusal names both edits", () => {
    const twice = [
      { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 1, text: "2" },
      set([0, "a"], "x"),
    ] as const;
    expect(apply("a: 1\n", ...twice)).toMatchObject({
      refusals: [{ code: "overlapping-edits", message: "edits 0 and 1 change the same text", edit: 1 }],
    });
    const first = [behind([0, 0], "x"), remove([0, 0, "a"])];
    expect(apply("- a: 1 # c\n  b: 2\n", ...first)).toMatchObject({
      refusals: [{ code: "overlapping-edits", message: "edits 1 and 0 change the same text", edit: 0 }],
    });
    const flow = [behind([0, "a", 0], "x"), remove([0, "a", 1])];
    expect(apply("a: [\n  b,\n  c ]\n", ...flow)).toMatchObject({
      refusals: [{ code: "overlapping-edits", message: "edits 1 and 0 change the same text", edit: 0 }],
    });
  });
});

describe("what lies in something that goes", () => {
  test("takes every kind of edit along", () => {
    const inside = [
      key([0, "b"], "x", 1),
      item([0, "b", "c"], 0, 1),
      set([0, "b", "d"], "x"),
      rename([0, "b", "d"], "e"),
      above([0, "b", "d"], "x"),
      remove([0, "b", "d"]),
    ];
    expect(apply("a: 1\nb:\n  c: [1]\n  d: 2\n", ...inside, remove([0, "b"]))).toMatchObject({
      text: "a: 1\n",
      absorbed: [0, 1, 2, 3, 4, 5],
    });
  });

  test("may be what could not go alone: the only job goes with the jobs", () => {
    expect(apply("a: 1\njobs:\n  b: 1\n", remove([0, "jobs", "b"]), remove([0, "jobs"]))).toMatchObject({
      text: "a: 1\n",
      absorbed: [0],
    });
  });

  test("may be every child, while another comes in vain", () => {
    expect(apply("a: 1\nb:\n  c: 1\n", remove([0, "b", "c"]), key([0, "b"], "x", 1), remove([0, "b"]))).toMatchObject({
      text: "a: 1\n",
      absorbed: [0, 1],
    });
  });
});

describe("the first keys behind a dash go", () => {
  test("while a comment or a key comes above the next", () => {
    const source = "steps:\n  - if: false\n    name: x\n    run: make\n";
    const gone = [remove([0, "steps", 0, "if"]), remove([0, "steps", 0, "name"])];
    expect(inAnyOrder(source, ...gone, above([0, "steps", 0, "run"], "why"))).toBe(
      "steps:\n  -\n    # why\n    run: make\n",
    );
    expect(inAnyOrder(source, ...gone, key([0, "steps", 0], "id", "x", { after: "if" }))).toBe(
      "steps:\n  -\n    id: x\n    run: make\n",
    );
  });
});

test("a key that comes elsewhere does not keep the next one from sliding up", () => {
  expect(edited("- a: 1\n  b: 2\n", remove([0, 0, "a"]), key([0, 0], "x", 1, { after: "b" }))).toBe("- b: 2\n  x: 1\n");
});

test("edits that change nothing are never in each other's way", () => {
  const source = "- a: 1 # x\n";
  expect(apply(source, behind([0, 0], "x"), behind([0, 0, "a"], "x"))).toMatchObject({ text: source, splices: [] });
  expect(apply(source, { kind: "comment-above", path: [0, 0], lines: [] })).toMatchObject({
    text: source,
    splices: [],
  });
});

test("a refusal of all edits together names none of them", () => {
  const result = apply("a: &x 1\nb: *x\n", remove([0, "a"]));
  expect(result.ok || result.refusals).toHaveLength(1);
  expect(result.ok || result.refusals[0]).not.toHaveProperty("edit");
});

test("two comments above one key stand in the order of their edits", () => {
  expect(edited("a: 1\n", above([0, "a"], "one"), above([0, "a"], "two"))).toBe("# one\n# two\na: 1\n");
});

test("the comment of an item goes, and so does the key on whose line it stands", () => {
  expect(inAnyOrder("- a: 1 # why\n  b: 2\n", behind([0, 0], null), remove([0, 0, "a"]))).toBe("- b: 2\n");
});

test("a comment may be given to a value that aliases show elsewhere", () => {
  expect(edited("a: &x 1\nb: *x\n", behind([0, "a"], "why"))).toBe("a: &x 1  # why\nb: *x\n");
});

test("a whole document is no target of a single edit", () => {
  for (const edit of [set([0], "x"), behind([0], "x"), above([0], "x"), rename([0], "x")])
    expect(refusals("a: 1\n", edit)).toEqual(["wrong-target-kind"]);
  expect(refusals("a: 1\n", { ...replace("a: 1\n", [0, "a"], "1", "2"), path: [0] } as Edit)).toEqual([
    "wrong-target-kind",
  ]);
});

test("refusals stand in the order of their edits, whatever is found first", () => {
  const result = apply(
    "a: [b]\nc: 1\n",
    set([0, "c"], "x"),
    key([0, "a"], "x", 1),
    remove([0, "d"]),
    item([0, "c"], 0, 1),
  );
  expect(result).toMatchObject({
    ok: false,
    refusals: [
      { edit: 1, code: "wrong-target-kind" },
      { edit: 2, code: "no-such-target" },
      { edit: 3, code: "wrong-target-kind" },
    ],
  });
});
