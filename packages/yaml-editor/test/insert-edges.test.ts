import { describe, expect, test } from "vitest";
import type { Edit, NewValue, Path } from "../src/index.ts";
import { edited } from "./harness.ts";

function key(path: Path, name: string, value: NewValue, side: { after?: string; before?: string } = {}): Edit {
  return { kind: "insert-key", path, key: name, value, ...side };
}

const item = (path: Path, index: number, value: NewValue): Edit => ({ kind: "insert-item", path, index, value });
const rename = (path: Path, name: string): Edit => ({ kind: "rename-key", path, key: name });

describe("a new item", () => {
  test("stands above the one whose place it takes", () => {
    expect(edited("- a\n- b\n\n- c\n", item([0], 2, "x"))).toBe("- a\n- b\n\n- x\n- c\n");
    expect(edited("a: [\n  b, c,\n  d\n]\n", item([0, "a"], 2, "x"))).toBe("a: [\n  b, c,\n  x,\n  d\n]\n");
  });

  test("has the gap behind its dash that its neighbour has on its line", () => {
    expect(edited("-   &x b\n", item([0], 1, "x"))).toBe("-   &x b\n-   x\n");
    expect(edited("-\n- b\n", item([0], 0, "x"))).toBe("- x\n-\n- b\n");
    expect(edited("-\n  a: 1\n", item([0], 1, "x"))).toBe("-\n  a: 1\n- x\n");
    expect(edited("- # why\n  a: 1\n", item([0], 1, "x"))).toBe("- # why\n  a: 1\n- x\n");
  });
});

test("blank lines come where more siblings have them than not", () => {
  const half = "a: 1\n\nb: 2\nc: 3\nd: 4\n\ne: 5\n";
  expect(edited(half, key([0], "x", 9))).toBe(`${half}x: 9\n`);
  const most = "a: 1\nb: 2\n\nc: 3\n\nd: 4\n";
  expect(edited(most, key([0], "x", 9))).toBe(`${most}\nx: 9\n`);
});

describe("new nested values", () => {
  test("take their step from maps below keys, not from lists and not from items", () => {
    expect(edited("a:\n    -   b: 1\n", key([0, "a", 0], "x", { y: 1 }))).toBe(
      "a:\n    -   b: 1\n        x:\n          y: 1\n",
    );
    expect(edited("-\n   a: 1\n", key([0, 0], "x", { y: 1 }))).toBe("-\n   a: 1\n   x:\n     y: 1\n");
  });

  test("take no step from a map that begins behind the colon of a ? key", () => {
    const before = "? k\n: a: 1\nb:\n    c: 1\n";
    expect(edited(before, key([0], "x", { z: 1 }))).toBe(`${before}x:\n    z: 1\n`);
  });

  test("may be data without a prototype", () => {
    const value = Object.assign(Object.create(null) as object, { y: 1 }) as NewValue;
    expect(edited("a: 1\n", key([0], "x", value))).toBe("a: 1\nx:\n  y: 1\n");
  });

  test("have lists as the first list of the file is", () => {
    expect(edited("a:\n- 1\nb:\n  - 2\n", key([0], "x", ["z"]))).toBe("a:\n- 1\nb:\n  - 2\nx:\n- z\n");
    expect(edited("a:\n  - 1\nb:\n- 2\n", key([0], "x", ["z"]))).toBe("a:\n  - 1\nb:\n- 2\nx:\n  - z\n");
  });

  test.each([
    ["x\n\ny\n", "|\n  x\n\n  y\n"],
    ["x\n  y", "|-\n  x\n    y\n"],
    ["\nx\n", "|\n\n  x\n"],
    ["#x\n\ty \n", "|\n  #x\n  \ty \n"],
    ["x\n", '"x\\n"\n'],
    ["x\ny\n\n", '"x\\ny\\n\\n"\n'],
    [" x\ny", '" x\\ny"\n'],
  ])("write %j as a block where one can hold it", (text, source) => {
    expect(edited("a: 1\n", key([0], "x", text))).toBe(`a: 1\nx: ${source}`);
  });
});

describe("in a flow collection", () => {
  test("a value is quoted only where a comma or a bracket would part it", () => {
    expect(edited("a: [b]\n", item([0, "a"], 1, "x y"), item([0, "a"], 1, "x, y"))).toBe("a: [b, x y, 'x, y']\n");
    expect(edited("a: {b: 1}\n", key([0, "a"], "x, y", "z"), key([0, "a"], "x}", "y z"))).toBe(
      "a: {b: 1, 'x, y': z, 'x}': y z}\n",
    );
    expect(edited("a: {b: 1}\n", rename([0, "a", "b"], "x, y"))).toBe("a: {'x, y': 1}\n");
    expect(edited("a: 1\n", key([0], "x, y", { "z, z": 1 }))).toBe("a: 1\nx, y:\n  z, z: 1\n");
    expect(edited("a: 1\n", rename([0, "a"], "x, y"))).toBe("x, y: 1\n");
  });

  test("lists and maps are written on the line", () => {
    expect(edited("a: [b]\n", item([0, "a"], 1, { c: "d e", "f, g": [1, "h: i"] }))).toBe(
      "a: [b, { c: d e, 'f, g': [1, 'h: i'] }]\n",
    );
    expect(edited("a: [b]\n", item([0, "a"], 1, []), item([0, "a"], 1, {}))).toBe("a: [b, [], {}]\n");
  });

  test("a line of its own is for what stands beside one that has its own", () => {
    const before = "a: { b: 1,\n  c: 2 }\n";
    const put = (side: { after?: string; before?: string }): string => edited(before, key([0, "a"], "x", 9, side));
    expect(put({ before: "b" })).toBe("a: { x: 9, b: 1,\n  c: 2 }\n");
    expect(put({ before: "c" })).toBe("a: { b: 1,\n  x: 9, c: 2 }\n");
    expect(put({ after: "b" })).toBe("a: { b: 1, x: 9,\n  c: 2 }\n");
    expect(put({ after: "c" })).toBe("a: { b: 1,\n  c: 2, x: 9 }\n");
    expect(edited("a: [\n  b, c, d\n]\n", item([0, "a"], 3, "x"))).toBe("a: [\n  b, c, d, x\n]\n");
  });

  test("a comma in a comment is none, and one after a blank is one", () => {
    expect(edited("a: [\n  b # c, d\n]\n", item([0, "a"], 1, "x"))).toBe("a: [\n  b, # c, d\n  x\n]\n");
    expect(edited("a: {\n  b: ,\n  c: 1\n}\n", key([0, "a"], "x", 9, { after: "b" }))).toBe(
      "a: {\n  b: ,\n  x: 9,\n  c: 1\n}\n",
    );
  });

  test("a comma keeps away from the colon of a missing value, and from nothing else", () => {
    expect(edited("a: {b, c:}\n", key([0, "a"], "x", 9, { after: "b" }), key([0, "a"], "y", 9, { after: "c" }))).toBe(
      "a: {b, x: 9, c: , y: 9}\n",
    );
    expect(edited("a: {\n  'b'\n}\n", key([0, "a"], "x", 9))).toBe("a: {\n  'b',\n  x: 9\n}\n");
  });
});

test("a key that older readers take for something else is left plain: it is `on` in every workflow", () => {
  expect(edited("a: 1\n", rename([0, "a"], "on"))).toBe("on: 1\n");
  expect(edited("a: {b: 1}\n", rename([0, "a", "b"], "on"), key([0, "a"], "off", 1))).toBe("a: {on: 1, off: 1}\n");
});
