import { describe, expect, test } from "vitest";
import type { Edit } from "../src/index.ts";
import { apply, edited, refusals } from "./harness.ts";

const part = (start: number, end: number, text: string): Edit => ({
  kind: "replace-in-scalar",
  path: [0, "a"],
  start,
  end,
  text,
});
const set = (value: string): Edit => ({ kind: "set", path: [0, "a"], value });

describe("a replacement in a literal scalar", () => {
  test("of nothing at the end of a line, and in a last line that has no break", () => {
    expect(edited("a: |\n  one\n  two\nb: 1\n", part(3, 3, "x"))).toBe("a: |\n  onex\n  two\nb: 1\n");
    expect(edited("a: |-\n  one\n  two\nb: 1\n", part(4, 5, "T"))).toBe("a: |-\n  one\n  Two\nb: 1\n");
    expect(edited("a: |\n\n  one\nb: 1\n", part(0, 0, "x"))).toBe("a: |\n  x\n  one\nb: 1\n");
  });

  test("of whole lines at its end takes no more than their place", () => {
    expect(apply("a: |\n  one\nb: 1\n", part(4, 4, "two\nthree\n"))).toMatchObject({
      text: "a: |\n  one\n  two\n  three\nb: 1\n",
      splices: [{ start: 11, end: 11, text: "  two\n  three\n" }],
    });
    expect(edited("a: |+\n  one\nb: 1\n", part(4, 4, "\n"))).toBe("a: |+\n  one\n\nb: 1\n");
  });

  test("leaves the blanks of blank lines, and gives new ones none", () => {
    const blanks = "a: |\n  zero\n  one\n \n  two\nb: 1\n";
    expect(edited(blanks, part(8, 8, "\n"))).toBe("a: |\n  zero\n  one\n\n \n  two\nb: 1\n");
    expect(edited(blanks, part(5, 9, "1\n"))).toBe("a: |\n  zero\n  1\n \n  two\nb: 1\n");
    expect(edited(blanks, part(5, 13, "1\n\n2"))).toBe("a: |\n  zero\n  1\n \n  2\nb: 1\n");
  });

  test("among repeated characters stays within its range", () => {
    const twins = "a: |\n  xxy\nb: 1\n";
    expect(edited(twins, part(0, 1, ""), part(1, 2, ""))).toBe("a: |\n  y\nb: 1\n");
    expect(apply(twins, part(0, 2, "xxx"))).toMatchObject({
      text: "a: |\n  xxxy\nb: 1\n",
      splices: [{ start: 9, end: 9, text: "x" }],
    });
    expect(apply(twins, part(0, 2, "x"))).toMatchObject({
      text: "a: |\n  xy\nb: 1\n",
      splices: [{ start: 8, end: 9, text: "" }],
    });
  });

  test("of one emoji by another takes the whole of it", () => {
    expect(edited("a: |\n  \u{1f388}x\nb: 1\n", part(0, 3, "\u{1f389}x"))).toBe("a: |\n  \u{1f389}x\nb: 1\n");
    expect(edited("a: |\n  x\u{1f388}\nb: 1\n", part(0, 3, "x\u{1f788}"))).toBe("a: |\n  x\u{1f788}\nb: 1\n");
  });

  test("that changes nothing may stand beside one that does", () => {
    expect(apply("a: |\n  one\n  two\nb: 1\n", part(0, 3, "one"), part(4, 7, "2"))).toMatchObject({
      splices: [{ start: 13, end: 16, text: "2" }],
    });
  });

  test("on another line is a splice of its own", () => {
    expect(apply("a: |\n  one\n  two\nb: 1\n", part(0, 1, "O"), part(4, 5, "T"))).toMatchObject({
      text: "a: |\n  One\n  Two\nb: 1\n",
      splices: [
        { start: 7, end: 8, text: "O" },
        { start: 13, end: 14, text: "T" },
      ],
    });
  });
});

test("the digit of a header counts from the column of the key", () => {
  const source = "b:\n  a: |2\n      one\n    two\nc: 1\n";
  const path = [0, "b", "a"] as const;
  expect(edited(source, { ...part(2, 5, "1"), path } as Edit)).toBe(source.replace("one", "1"));
  expect(edited(source, { kind: "set", path, value: "x\n" })).toBe("b:\n  a: |2\n    x\nc: 1\n");
});

describe("a block scalar without a line", () => {
  test("takes no text in its style: a replacement is refused, a value is quoted", () => {
    for (const header of ["|", ">", "|+"]) {
      expect(refusals(`a: ${header}\nb: 1\n`, part(0, 0, "x\n"))).toEqual(["cannot-represent"]);
      expect(refusals(`a: ${header}\nb: 1\n`, part(0, 0, "x"))).toEqual(["cannot-represent"]);
      expect(refusals(`z: 1\na: ${header}\nb: 1\n`, part(0, 0, "x"))).toEqual(["cannot-represent"]);
      expect(edited(`a: ${header}\nb: 1\n`, set("x\n"))).toBe('a: "x\\n"\nb: 1\n');
    }
  });
});

describe("a value that a block scalar is set to", () => {
  test.each([
    ["ends in several line breaks under +", "a: >+\n  one\n", "two\n\n", "a: >+\n  two\n\n"],
    ["is shorter than the old one", "a: |\n  one\n  two\n  three\nb: 1\n", "two\n", "a: |\n  two\nb: 1\n"],
    ["ends in none under a - before the digit", "a: |-2\n  one\n", "two", "a: |-2\n  two\n"],
    ["ends in none under + and a digit", "a: |+2\n  one\n", "two", "a: |2-\n  two\n"],
    ["is nothing but line breaks", "a: |+\n  one\n", "\n\n", 'a: "\\n\\n"\n'],
    ["ends in several line breaks under no sign", "a: |\n  one\n", "two\n\n", 'a: "two\\n\\n"\n'],
    ["is a number", "a: |\n  one\n", 3, "a: 3\n"],
  ])("%s", (_name, before, value, after) => {
    expect(edited(before, { kind: "set", path: [0, "a"], value })).toBe(after);
  });
});
