import { describe, expect, test } from "vitest";
import type { Edit, Path, ScalarValue } from "../src/index.ts";
import { edited, open, refusals, replace, yaml } from "./harness.ts";

const IF: Path = [0, "if"];

function set(path: Path, value: ScalarValue): Edit {
  return { kind: "set", path, value };
}

/** The text after a part of the value of `if` was replaced. */
function withoutFalse(source: string, part = "false && "): string {
  return edited(source, replace(source, IF, part, ""));
}

describe("set", () => {
  test("keeps the quotes, the gap before the value and the comment", () => {
    expect(edited("if:    'no'   # why\n", set(IF, "it's"))).toBe("if:    'it''s'   # why\n");
    expect(edited('if: "no"\n', set(IF, 'say "hi"\n'))).toBe('if: "say \\"hi\\"\\n"\n');
    expect(edited("if: no # why\n", set(IF, "github.actor == 'x'"))).toBe("if: github.actor == 'x' # why\n");
  });

  test.each([
    ["true", "if: 'true'\n"],
    ["123", "if: '123'\n"],
    ["", "if: ''\n"],
    ["a # b", "if: 'a # b'\n"],
    ["a: b", "if: 'a: b'\n"],
    ["!cancelled()", "if: '!cancelled()'\n"],
    ["yes", "if: 'yes'\n"],
    ["it's: so", "if: 'it''s: so'\n"],
    ["tab\tand\nbreak", 'if: "tab\\tand\\nbreak"\n'],
    ["a#b", "if: a#b\n"],
  ])("quotes %j only because plain text would change it", (value, after) => {
    expect(edited("if: plain\n", set(IF, value))).toBe(after);
  });

  test("writes numbers, booleans and null plain, also where quotes were", () => {
    expect(edited("if: 'x'\n", set(IF, false))).toBe("if: false\n");
    expect(edited("if: 3\n", set(IF, 4.5))).toBe("if: 4.5\n");
    expect(edited("if: 3\n", set(IF, null))).toBe("if: null\n");
  });

  test("does nothing where the value is already there", () => {
    expect(edited("if: 0x10\n", set(IF, 16))).toBe("if: 0x10\n");
  });

  test("fills an empty value", () => {
    expect(edited("if: # todo\nb: 1\n", set(IF, "x"))).toBe("if: x # todo\nb: 1\n");
    expect(edited("-\n- b\n", set([0, 0], "a"))).toBe("- a\n- b\n");
  });

  test("keeps a block scalar a block scalar, changing its header only where the text asks for it", () => {
    expect(edited("a:\n  run: |\n    one\n\n  b: 1\n", set([0, "a", "run"], "two\nthree\n"))).toBe(
      "a:\n  run: |\n    two\n    three\n\n  b: 1\n",
    );
    expect(edited("run: | # note\n  one\nb: 1\n", set([0, "run"], "two"))).toBe("run: |- # note\n  two\nb: 1\n");
  });

  test("keeps the blank lines that a |+ header counts, and the folds that a > header makes", () => {
    expect(edited("run: |+\n  one\n\nb: 1\n", set([0, "run"], "two\n\n\n"))).toBe("run: |+\n  two\n\n\nb: 1\n");
    expect(edited("run: |+\n  one\n\nb: 1\n", set([0, "run"], "two\n"))).toBe("run: |+\n  two\nb: 1\n");
    expect(edited("run: |+\n  one\n\nb: 1\n", set([0, "run"], "two"))).toBe("run: |-\n  two\nb: 1\n");
    expect(edited("run: |-\n  one\nb: 1\n", set([0, "run"], "two\n"))).toBe("run: |\n  two\nb: 1\n");
    expect(edited("run: >-\n  one\n  more\nb: 1\n", set([0, "run"], "two\nthree"))).toBe(
      "run: >-\n  two\n\n  three\nb: 1\n",
    );
    expect(edited("run: |\n  one\nb: 1\n", set([0, "run"], "two\n\n"))).toBe('run: "two\\n\\n"\nb: 1\n');
    expect(edited("run: |\n  one\nb: 1\n", set([0, "run"], ""))).toBe('run: ""\nb: 1\n');
  });

  test("writes what a block scalar cannot hold between double quotes", () => {
    expect(edited("run: |\n  one\nb: 1\n", set([0, "run"], "  two\n"))).toBe('run: "  two\\n"\nb: 1\n');
    expect(refusals("run: | # note\n  one\nb: 1\n", set([0, "run"], "  two\n"))).toEqual(["comment-would-change"]);
  });

  test("quotes what a flow collection would take apart", () => {
    expect(edited("on: [push, x]\n", set([0, "on", 1], "a, b"))).toBe("on: [push, 'a, b']\n");
    expect(edited("on: push\n", set([0, "on"], "a, b"))).toBe("on: a, b\n");
  });
});

describe("replace-in-scalar", () => {
  test("plain: the comment and its two spaces stay", () => {
    const before = "if: false && github.repository == 'x'  # don't run on forks\n";
    expect(withoutFalse(before)).toBe("if: github.repository == 'x'  # don't run on forks\n");
  });

  test("plain over several lines keeps its lines", () => {
    expect(withoutFalse("if: false &&\n  (a ||\n   b)\nx: 1\n")).toBe("if: (a ||\n   b)\nx: 1\n");
    expect(withoutFalse("if: a &&\n    b\n    && false\nx: 1\n", " && false")).toBe("if: a &&\n    b\nx: 1\n");
  });

  test("single and double quotes are kept and their escapes with them", () => {
    expect(withoutFalse("if: 'false && x == ''y'''\n")).toBe("if: 'x == ''y'''\n");
    expect(withoutFalse('if: "false && x == \\"\\u00e9\\""\n')).toBe('if: "x == \\"\\u00e9\\""\n');
  });

  test("new text is escaped as the style asks", () => {
    expect(edited("if: 'a'\n", replace("if: 'a'\n", IF, "a", "it's"))).toBe("if: 'it''s'\n");
    expect(edited('if: "a"\n', replace('if: "a"\n', IF, "a", '"\n'))).toBe('if: "\\"\\n"\n');
  });

  test("a double-quoted scalar whose closing line is not indented", () => {
    const before = 'a:\n  if: "false &&\n    x\n"\n  b: 1\n'.replace('\n"\n', '\n    "\n');
    expect(edited(before, replace(before, [0, "a", "if"], "false && ", ""))).toBe('a:\n  if: "x\n    "\n  b: 1\n');
  });

  test("a plain scalar gets quotes where the rest would mean something else", () => {
    expect(withoutFalse("if: false && !x\n")).toBe("if: '!x'\n");
    expect(withoutFalse("if: false && 1\n")).toBe("if: '1'\n");
    expect(withoutFalse("if: false && \n  'x' == y\n")).toBe("if: '''x'' == y'\n");
    expect(edited("if: a\n", replace("if: a\n", IF, "a", ""))).toBe("if: ''\n");
    expect(edited("if: a\n", replace("if: a\n", IF, "a", "b\nc"))).toBe('if: "b\\nc"\n');
  });

  test.each(["|", "|-", "|2", "|+", ">", ">-", ">+"])(
    "a block scalar under %s keeps its header and indentation",
    (header) => {
      const before = `if: ${header} # why\n  false &&\n  x ||\n  y\nb: 1\n`;
      const part = header.startsWith("|") ? "false &&\n" : "false && ";
      expect(withoutFalse(before, part)).toBe(`if: ${header} # why\n  x ||\n  y\nb: 1\n`);
    },
  );

  test("a literal scalar takes and gives whole lines", () => {
    const before = yaml`
      run: |
        one
        two

        three
      b: 1
    `;
    expect(edited(before, replace(before, [0, "run"], "two\n\n", ""))).toBe("run: |\n  one\n  three\nb: 1\n");
    expect(edited(before, replace(before, [0, "run"], "two", "2a\n\n2b"))).toBe(
      "run: |\n  one\n  2a\n\n  2b\n\n  three\nb: 1\n",
    );
    const end = { kind: "replace-in-scalar", path: [0, "run"], start: 15, end: 15, text: "four\n" } as const;
    expect(edited(before, end)).toBe("run: |\n  one\n  two\n\n  three\n  four\nb: 1\n");
    const ends = [replace(before, [0, "run"], "\nthree\n", ""), replace(before, [0, "run"], "one\n", "")];
    expect(edited(before, ...ends)).toBe("run: |\n  two\nb: 1\n");
    // Under a clipping header a text cannot end in a blank line.
    expect(refusals(before, replace(before, [0, "run"], "three\n", ""))).toEqual(["cannot-represent"]);
  });

  test("what the header does not allow is refused", () => {
    const before = "run: |\n  one\nb: 1\n";
    expect(refusals(before, replace(before, [0, "run"], "one\n", "one"))).toEqual(["cannot-represent"]);
    expect(refusals(before, replace(before, [0, "run"], "one", "  one"))).toEqual(["cannot-represent"]);
    const folded = "run: >\n  one\n  two\nb: 1\n";
    expect(refusals(folded, replace(folded, [0, "run"], "one", "one\n"))).toEqual(["cannot-represent"]);
  });

  test("ranges that are none, or that cut an escape, are refused", () => {
    const cut = (start: number, end: number): Edit => ({ kind: "replace-in-scalar", path: IF, start, end, text: "" });
    expect(refusals("if: abc\n", cut(2, 4))).toEqual(["unmappable-range"]);
    expect(refusals("if: abc\n", cut(-1, 1))).toEqual(["unmappable-range"]);
    expect(refusals("if: abc\n", cut(2, 1))).toEqual(["unmappable-range"]);
    expect(refusals('if: "\\U0001F600"\n', cut(0, 1))).toEqual(["unmappable-range"]);
  });

  test("several replacements of one scalar are made together, and overlaps refused", () => {
    const before = "if: one two three # x\n";
    const [one, three] = [replace(before, IF, "one", "1"), replace(before, IF, "three", "3")];
    expect(edited(before, three, one)).toBe("if: 1 two 3 # x\n");
    expect(refusals(before, one, replace(before, IF, "one two", ""))).toEqual(["overlapping-edits"]);
    expect(refusals(before, one, set(IF, "x"))).toEqual(["overlapping-edits"]);
  });
});

test("sourceOffset leads from a character of the text to the file, in every style", () => {
  const source = [
    "plain: one two\n   three # c",
    "single: 'it''s\n\n  x'",
    'double: "a\\tb \\\n  c\\u00e9d"',
    "literal: |2\n\n   x\n  y",
    "folded: >-\n  a\n  b\n\n    c\n  d",
    "",
  ].join("\n");
  const file = open(source);
  const letters = (key: string): string => {
    const node = file.node([0, key]);
    if (node?.kind !== "scalar") throw new Error("no scalar");
    return Array.from(node.text, (_, index) => source[node.sourceOffset(index)]).join("");
  };
  expect(letters("plain")).toBe("one two\nthree");
  expect(letters("single")).toBe("it's\nx");
  expect(letters("double")).toBe("a\\b c\\d");
  expect(letters("literal")).toBe("\n x\ny\n");
  expect(letters("folded")).toBe("a\nb\n\n  c\nd");
  const plain = file.node([0, "plain"]);
  expect(plain?.kind === "scalar" && plain.sourceOffset(plain.text.length)).toBe(source.indexOf(" # c"));
});
