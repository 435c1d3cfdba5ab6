import { describe, expect, test } from "vitest";
import type { Edit } from "../src/index.ts";
import { apply, edited, refusals, replace } from "./harness.ts";

describe("a replacement in a literal scalar", () => {
  const before = "run: |\n  one two\n\n  three\nb: 1\n";

  test("touches no more than what changes", () => {
    const result = apply(before, replace(before, [0, "run"], "one two\n\nthree", "one 2\n\nthree"));
    expect(result).toMatchObject({ ok: true, splices: [{ start: 13, end: 16, text: "2" }] });
    expect(apply(before, replace(before, [0, "run"], "one", "one one"))).toMatchObject({
      ok: true,
      text: before.replace("one", "one one"),
    });
  });

  test("leaves blanks of a line that it does not touch", () => {
    const blanks = "run: |\n  one\n \n  two\nb: 1\n";
    expect(edited(blanks, replace(blanks, [0, "run"], "two", "2"))).toBe("run: |\n  one\n \n  2\nb: 1\n");
    expect(edited(blanks, replace(blanks, [0, "run"], "one\n\ntwo", "1\n\n2"))).toBe("run: |\n  1\n \n  2\nb: 1\n");
  });

  test("never cuts a pair of surrogates", () => {
    const face = "run: |\n  \u{1f388}\u{1f388}\nb: 1\n";
    expect(edited(face, replace(face, [0, "run"], "\u{1f388}", "\u{1f389}"))).toBe(
      "run: |\n  \u{1f389}\u{1f388}\nb: 1\n",
    );
    expect(edited(face, replace(face, [0, "run"], "\u{1f388}", "\u{1f788}"))).toBe(
      "run: |\n  \u{1f788}\u{1f388}\nb: 1\n",
    );
  });

  test("on one line with others is made in one go, in any order", () => {
    const edits = [replace(before, [0, "run"], "two", "2"), replace(before, [0, "run"], "one", "1")];
    expect(edited(before, ...edits)).toBe("run: |\n  1 2\n\n  three\nb: 1\n");
    const apart = [replace(before, [0, "run"], "three", "3"), replace(before, [0, "run"], "one", "1")];
    expect(edited(before, ...apart)).toBe("run: |\n  1 two\n\n  3\nb: 1\n");
  });
});

describe("a replacement", () => {
  const at = (start: number, end: number, text: string): Edit => ({
    kind: "replace-in-scalar",
    path: [0, "a"],
    start,
    end,
    text,
  });

  test("that changes nothing splices nothing", () => {
    expect(apply("a: xyz\n", at(1, 2, "y"))).toMatchObject({ ok: true, splices: [] });
  });

  test("of nothing puts text in its place", () => {
    expect(edited("a: ''\n", at(0, 0, "x"))).toBe("a: 'x'\n");
    expect(edited('a: ""\n', at(0, 0, "x"))).toBe('a: "x"\n');
    expect(edited("a: bc\n", at(0, 0, "x"))).toBe("a: xbc\n");
    expect(edited("a: bc\n", at(1, 1, "x"))).toBe("a: bxc\n");
    expect(edited("a: bc # d\n", at(2, 2, "x"))).toBe("a: bcx # d\n");
    expect(edited("a: b\n  c\n", at(1, 1, "x"))).toBe("a: bx\n  c\n");
  });

  test("beside escapes and folds leaves them", () => {
    expect(edited('a: "\\x41b\\x41"\n', at(0, 3, "AcA"))).toBe('a: "\\x41c\\x41"\n');
    expect(edited("a: >\n  one\n  two\nb: 1\n", at(0, 7, "one 2wo"))).toBe("a: >\n  one\n  2wo\nb: 1\n");
  });

  test("that a style cannot hold takes double quotes", () => {
    expect(edited("a: 'bc'\n", at(1, 2, "\n"))).toBe('a: "b\\n"\n');
    expect(edited("a: 'bc'\n", at(1, 2, "\u0007"))).toBe('a: "b\\a"\n');
    expect(edited('a: "bc"\n', at(1, 2, "\u2028"))).toBe('a: "b\\u2028"\n');
  });

  test("of what is no text, or has no place in the file, is refused", () => {
    expect(refusals("a: [x]\n", at(0, 0, "x"))).toEqual(["wrong-target-kind"]);
    expect(refusals("a:\n", at(0, 0, "x"))).toEqual(["wrong-target-kind"]);
    expect(refusals("a: &x 1\nb: *x\n", { ...at(0, 0, "x"), path: [0, "b"] })).toEqual(["alias-target"]);
    expect(refusals("a: xy\n", at(0.5, 1, "x"))).toEqual(["unmappable-range"]);
    expect(refusals("a: xy\n", at(0, 1.5, "x"))).toEqual(["unmappable-range"]);
    // The parser takes this text for empty.
    expect(refusals("a: |2\n    \nb: 1\n", at(0, 0, "x"))).toEqual(["unmappable-range"]);
  });
});

const ESCAPES = String.raw`\0\a\b\e\f\n\r\t\v\N\_\L\P\"\/\\`.concat("\\\t");

describe("a replacement writes anew only what changes", () => {
  test.each([
    ["escapes before and behind it", 'a: "x\\ty \\x41z"\n', "x\ty Az", "x\tY Az", 'a: "x\\tY \\x41z"\n'],
    ["an escape that it would cut", 'a: "\\t\\x41"\n', "\tA", "\tB", 'a: "\\tB"\n'],
    ["a fold before it", 'a: "x\n  y z"\n', "x y z", "x y Z", 'a: "x\n  y Z"\n'],
    ["a fold behind it", 'a: "x\n  y z"\n', "x y z", "X y z", 'a: "X\n  y z"\n'],
    ["every escape", `a: "${ESCAPES} \\x41z"\n`, "z", "y", `a: "${ESCAPES} \\x41y"\n`],
    ["a backslash that escapes nothing", "a: 'C:\\new x'\n", "x", "y", "a: 'C:\\new y'\n"],
    ["such a one in plain text", "a: C:\\new x\n", "x", "y", "a: C:\\new y\n"],
    ["a CR that ends no line", 'a: "x\r\\x41 z"\n', "z", "y", 'a: "x\r\\x41 y"\n'],
    ["doubled quotes", "a: 'it''s x'\n", "it's x", "it's y", "a: 'it''s y'\n"],
    ["a folded scalar", "a: >\n  x\n  y z\n", "x y z", "x y Z", "a: >\n  x\n  y Z\n"],
    ["a line that is indented deeper", "a: >\n  x\n  y\n    z\n", "y", "Y", "a: >\n  x\n  Y\n    z\n"],
    ["one that begins with a tab", "a: >\n  x\n\n  \tz\n", "x", "X", "a: >\n  X\n\n  \tz\n"],
    ["repeated characters", "a: xxx\n", "xxx", "xx", "a: xx\n"],
    ["repeated characters that grow", "a: xx\n", "xx", "xxx", "a: xxx\n"],
    ["the first half of a pair", 'a: "\u{1f388}x"\n', "\u{1f388}x", "\u{1f389}x", 'a: "\u{1f389}x"\n'],
    ["the second half of a pair", 'a: "x\u{1f388}"\n', "x\u{1f388}", "x\u{1f788}", 'a: "x\u{1f788}"\n'],
  ])("beside %s", (_name, source, part, text, result) => {
    expect(edited(source, replace(source, [0, "a"], part, text))).toBe(result);
  });

  test("where there is nothing yet", () => {
    const insert = (start: number, text: string): Edit => ({
      kind: "replace-in-scalar",
      path: [0, "a"],
      start,
      end: start,
      text,
    });
    expect(edited("a: ''\n", insert(0, "x"))).toBe("a: 'x'\n");
    expect(edited('a: "x\\ty"\n', insert(1, "z"))).toBe('a: "xz\\ty"\n');
    expect(edited('a: "x\\ty"\n', insert(2, "z"))).toBe('a: "x\\tzy"\n');
    expect(edited('a: "\\x41\\ty"\n', insert(2, "z"))).toBe('a: "\\x41\\tzy"\n');
    expect(edited('a: "x\\ty"\n', insert(3, "z"))).toBe('a: "x\\tyz"\n');
  });

  test("of one blank line among several takes that line", () => {
    const edit: Edit = { kind: "replace-in-scalar", path: [0, "a"], start: 4, end: 5, text: "" };
    expect(edited("a: 'one\n\n\n\n  two'\n", edit)).toBe("a: 'one\n\n\n  two'\n");
  });

  test("at the end of a file without a final line break", () => {
    const append = (start: number): Edit => ({
      kind: "replace-in-scalar",
      path: [0, "a"],
      start,
      end: start,
      text: "y",
    });
    expect(edited("a: |\n  x", append(1))).toBe("a: |\n  xy");
    // The parser takes this CR for a part of the line break that is missing.
    expect(refusals("a: |\n  x\r", append(1))).toEqual(["unmappable-range"]);
  });

  test("at the end of a scalar that keeps its blank lines", () => {
    const kept = "a: |+\n  x\n\n\nb: 1\n";
    const cut = (start: number, end: number, text: string): string =>
      edited(kept, { kind: "replace-in-scalar", path: [0, "a"], start, end, text });
    expect(cut(2, 4, "\n")).toBe("a: |+\n  x\n\nb: 1\n");
    expect(cut(3, 3, "y")).toBe("a: |+\n  x\n\n  y\nb: 1\n");
    expect(cut(4, 4, "y\n")).toBe("a: |+\n  x\n\n\n  y\nb: 1\n");
  });
});

test("a range is given in whole characters of the text", () => {
  const range = (start: number, end: number): Edit => ({
    kind: "replace-in-scalar",
    path: [0, "a"],
    start,
    end,
    text: "y",
  });
  for (const [start, end] of [
    [0.5, 1],
    [0, 0.5],
    [Number.NaN, 1],
    [-1, 1],
    [1, 0],
    [0, 3],
  ] as const)
    expect(refusals("a: xx\n", range(start, end))).toEqual(["unmappable-range"]);
});

test("replacements of one scalar must not overlap, and their order says nothing", () => {
  const part = (start: number, end: number, text: string): Edit => ({
    kind: "replace-in-scalar",
    path: [0, "a"],
    start,
    end,
    text,
  });
  for (const source of ["a: wxyz\n", "a: |\n  wxyz\n"]) {
    expect(refusals(source, part(0, 2, "a"), part(1, 3, "b"))).toEqual(["overlapping-edits"]);
    const both = source.replace("wxyz", "wabz");
    expect(edited(source, part(1, 3, "b"), part(1, 1, "a"))).toBe(both);
    expect(edited(source, part(1, 1, "a"), part(1, 3, "b"))).toBe(both);
  }
});
