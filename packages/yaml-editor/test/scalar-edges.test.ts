import { describe, expect, test } from "vitest";
import type { Edit, Path } from "../src/index.ts";
import { apply, edited } from "./harness.ts";

const part = (path: Path, start: number, end: number, text: string): Edit => ({
  kind: "replace-in-scalar",
  path,
  start,
  end,
  text,
});
const A: Path = [0, "a"];

describe("a replacement in a plain scalar", () => {
  test.each([
    ["takes quotes and backslashes as they are", "a: xy\n", part(A, 1, 1, "\"'\\"), "a: x\"'\\y\n"],
    ["quotes a carriage return", "a: xy\n", part(A, 1, 1, "\r"), 'a: "x\\ry"\n'],
    ["keeps a number plain", "a: 12\n", part(A, 0, 1, "3"), "a: 32\n"],
    ["quotes what was a number and begins with a blank", "a: 12\n", part(A, 0, 1, " "), "a: ' 2'\n"],
    ["quotes what would become a boolean", "a: xtrue\n", part(A, 0, 1, ""), "a: 'true'\n"],
    ["quotes what would become null", "a: x~\n", part(A, 0, 1, ""), "a: '~'\n"],
    ["keeps the lines of a text that needs quotes", "a: b\n  it's\n", part(A, 0, 1, "!x"), "a: '!x\n  it''s'\n"],
  ])("%s", (_name, before, edit, after) => expect(edited(before, edit)).toBe(after));

  test("that changes nothing may stand beside one that does", () => {
    expect(edited("a: wxyz\n", part(A, 0, 1, "w"), part(A, 2, 3, "Y"))).toBe("a: wxYz\n");
  });

  test("by what is there already changes nothing, also where new text would be quoted", () => {
    expect(apply("a: 2026-01-01\n", part(A, 0, 4, "2026"))).toMatchObject({ splices: [] });
  });
});

test("text that comes at the very start of a scalar stands behind its header or quote", () => {
  expect(edited("a: >-\n  b\n  c\n", part(A, 0, 0, "x"))).toBe("a: >-\n  xb\n  c\n");
  expect(edited("a: 'b\n  c'\n", part(A, 0, 0, "x"))).toBe("a: 'xb\n  c'\n");
  expect(edited("a: &b c\n  d\n", part(A, 0, 0, "x"))).toBe("a: &b xc\n  d\n");
});

describe("beside a line break that is escaped", () => {
  const before = 'a: "one \\\n  two"\n';

  test("text goes to the end of the line before it", () => {
    expect(edited(before, part(A, 4, 4, "x"))).toBe('a: "one x\\\n  two"\n');
    expect(edited(before, part(A, 0, 4, "1 "))).toBe('a: "1 \\\n  two"\n');
  });

  test("a replacement begins behind it", () => {
    expect(edited(before, part(A, 4, 7, "2"))).toBe('a: "one \\\n  2"\n');
  });
});

describe("a scalar over several lines in a flow collection keeps its lines and quotes", () => {
  test.each([
    ["a: [b\n    c, d]\n", "x", "a: [x\n    c, d]\n"],
    ["a: [b\n    c, d]\n", "!x", "a: ['!x\n    c', d]\n"],
    ["a: ['b\n  c', d]\n", "x", "a: ['x\n  c', d]\n"],
    ['a: ["b\n  c", d]\n', "x", 'a: ["x\n  c", d]\n'],
  ])("%j", (before, text, after) => expect(edited(before, part([0, "a", 0], 0, 1, text))).toBe(after));
});

test("the first item of a flow list keeps to its bracket", () => {
  expect(edited("a: [b, c]\n", { kind: "set", path: [0, "a", 0], value: "x" })).toBe("a: [x, c]\n");
});

test("an empty value of a flow map is filled behind its colon", () => {
  const before = "a: {b:, c: , d}\n";
  const set = (key: string): Edit => ({ kind: "set", path: [0, "a", key], value: "x" });
  expect(edited(before, set("b"), set("d"))).toBe("a: {b: x, c: , d: x}\n");
});

describe("a new key is quoted where a parser would take it for something else", () => {
  test.each([
    "- a",
    "? a",
    "%YAML",
    "&a b",
    "*a",
    "!a b",
    "[a]",
    "{a",
    "a: b",
    "a #b",
    "",
    " a",
    "true",
    "~",
    "1",
    "'a",
    '"a',
  ])("%j", (name) => {
    const quoted = `'${name.replaceAll("'", "''")}'`;
    expect(edited("z: 1\n", { kind: "insert-key", path: [0], key: name, value: 2 })).toBe(`z: 1\n${quoted}: 2\n`);
    expect(edited("z: {y: 1}\n", { kind: "insert-key", path: [0, "z"], key: name, value: 2 })).toBe(
      `z: {y: 1, ${quoted}: 2}\n`,
    );
  });

  test.each(["a b", "a-b", "on", "a#b", "é"])("and else not: %j", (name) => {
    expect(edited("z: 1\n", { kind: "insert-key", path: [0], key: name, value: 2 })).toBe(`z: 1\n${name}: 2\n`);
  });
});
