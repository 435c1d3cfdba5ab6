import { describe, expect, test } from "vitest";
import { findExcerpt } from "../src/check/excerpt.ts";
import { readExcerpt } from "../src/check/reading.ts";
import { yaml } from "./harness.ts";
import { expectAlike, opened, resultOf } from "./readings.ts";

const WORKFLOW = yaml`
  on: push
  jobs:
    build:
      runs-on: ubuntu
      steps:
        - uses: checkout
        # second
        - name: Test
          run: make
          env:
            A: 1
            B: 2

        - run: |
            script
  last:
  - a
  - b
  end: 1
`;

/** The lines that are read again where a part of a text becomes another; undefined where all of it is read. */
function linesRead(source: string, part: string, text: string): string | undefined {
  const file = opened(source);
  const start = source.indexOf(part);
  const splices = [{ start, end: start + part.length, text }];
  const result = resultOf(file, splices);
  const excerpt = readExcerpt(file, result);
  if (excerpt === undefined) return undefined;
  expectAlike(file, result, excerpt);
  const span = findExcerpt(file, splices)?.span;
  return source.slice(span?.start, span?.end);
}

describe("of a result is read", () => {
  test.each([
    ["the line of a value", "make", "build", ["        run: make"]],
    [
      "its item, where the key stands behind the dash",
      "checkout",
      "cache",
      ["      - uses: checkout", "      # second"],
    ],
    ["up to what follows the map, where it is the last entry", "2", "3", ["          B: 2", ""]],
    ["up to what follows all that it is the last of", "script", "x", ["      - run: |", "          script"]],
    ["the entry above a line that goes", "          B: 2\n", "", ["          A: 1", "          B: 2", ""]],
    [
      "the entry above a line that comes",
      "        env:",
      "        if: x\n        env:",
      ["        run: make", "        env:", "          A: 1", "          B: 2", ""],
    ],
    ["a line above a comment", "ubuntu", "mac", ["    runs-on: ubuntu"]],
    ["an item of a list at the column of its key", " a", " c", ["- a"]],
    ["the last item of such a list", "b\n", "c\n", ["- b"]],
    ["the end of the file", "end: 1\n", "end: 1 # x\n", ["last:", "- a", "- b", "end: 1"]],
  ])("%s", (_name, part, text, lines) => {
    expect(linesRead(WORKFLOW, part, text)).toBe(lines.map((line) => `${line}\n`).join(""));
  });
});

test("of several documents is read the one with the edit", () => {
  const source = "a: 1\nb: 1\n---\nc: 1\nd: 2\n";
  expect(linesRead(source, "1\nb", "3\nb")).toBeUndefined();
  expect(linesRead(source, ": 1\n", ": 3\n")).toBe("a: 1\n");
  expect(linesRead(source, "2\n", "3\n")).toBe("d: 2\n");
});

test("of several siblings are read those that change", () => {
  expect(linesRead("a: 0\nb: 1\nc: 1\nd: 0\n", "1\nc: 1", "2\nc: 2")).toBe("b: 1\nc: 1\n");
});

test("is read what lies around a map, where an entry of it cannot be read alone", () => {
  const source = "a: 0\nb:\n  c: 0\n  d: 1\n  ? e\nf: 0\n";
  expect(linesRead(source, "1", "2")).toBe("b:\n  c: 0\n  d: 1\n  ? e\n");
});

test("is read the end of a file without a final line break", () => {
  expect(linesRead("a: 0\nb: 1 # one", "1 #", "2 #")).toBe("b: 1 # one");
});

describe("the whole of a result is read", () => {
  test.each([
    ["where the file has an alias", "a: &x 1\nb: 1\nc: *x\n", "1\nc", "2\nc"],
    ["where an alias comes", "a: 1\nb: 1\nc: 1\n", "1\nc", "*x\nc"],
    ["where a directive says what tags mean", "%YAML 1.1\n---\na: 1\nb: 1\n", "1\nb", "2\nb"],
    ["where a tag says what a map is", "a: !!set\n  b:\n  c:\n", "b:", "b: 1"],
    ["where a tag says what the file is", "!!set\n? b\nc:\nd:\n", "c:", "c: 1"],
    ["for the first line", "a: 1\nb: 1\n", "a: 1", "a: 2"],
    ["where another document follows", "a: 1\nb: 1\n---\nc: 1\n", "1\n---", "2\n---"],
    ["where an empty collection follows as a document", "a: 1\nb: 1\n---\n{}\n", "1\n---", "2\n---"],
    ["where an explicit key follows", "a: 1\n? b\n: 1\n", ": 1\n", ": 2\n"],
    ["where a key with a tag follows", "a: 1\n!x b: 1\n", ": 1\n", ": 2\n"],
    ["where a flow collection as a key follows", "a: 1\n[b]: 1\n", ": 1\n", ": 2\n"],
    ["where no key is written behind it", "a: 1\n: 1\n", "1\n", "2\n"],
    ["where a quote is left open", "a: 1\nb: 'x'\nc: 'y'\n", "x'", "x"],
    ["where a bracket is left open", "a: 1\nb: [x]\nc: [y]\n", "x]", "x"],
    ["where a document begins", "a: 1\nb: 1\nc: 1\n", "1\nc", "1\n--- #\nc"],
    ["where the document ends", "a: 1\nb: 1\n", "1\n", "1\n...\n"],
    ["where lines are no longer lines", "a:\n  b: 1\n  c: 1\n", "1\n", "1"],
    ["where what follows becomes text", "a:\n  b: |\n    x\n  c: 1\n", "x\n  c", "x\n\t\n  c"],
    ["where the first line becomes a comment", "a:\n  b: 1\n  c: 1\n", "b: 1", "# b: 1"],
    ["where the column changes", "a:\n  b: 1\n  c: 1\n", "b: 1", " b: 1"],
    ["where the column of the last entry changes", "a:\n  b: 1\n  c: 1\n", "c: 1", " c: 1"],
    ["where a line break comes into the indentation", "a:\n    b: 1\n    c: 2\nd: 1\n", "   c: 2", "\n  c: 2"],
    ["where the end of the file becomes a scalar", "a:\n  b: 1\n  c: 1\n", "c: 1", "c"],
    ["where the end of the file becomes a comment", "a:\n  b: 1\n  c: 1\n", "c: 1", "# c"],
    ["where a map becomes a list", "a:\n  b: 1\n  c: 1\n", "b: 1", "- 1"],
    ["where the last entry of a map becomes a list", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "- 1"],
    ["where the last entry of a map becomes a comment", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "# c"],
    ["where entries become a comment and an entry", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "# c\n  e: 1"],
    ["where the last entries become a scalar", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "c"],
    ["where the last entry becomes a flow collection", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "{c: 1}"],
    ["where the last entry gets a tag", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "!x c: 1"],
    ["where the last entry becomes one that asks", "a:\n  b: 1\n  c: 1\nd: 1\n", "c: 1", "? c"],
    ["where the last entry comes out of its map", "a:\n  b: 1\n  c: 1\nd: 1\n", "  c: 1", "c: 1"],
    ["where a key spreads over lines", "a:\n  b: 1\n  c: 1\n", "b: 1", '"b\n  d": 1'],
  ])("%s", (_name, source, part, text) => {
    expect(linesRead(source, part, text)).toBeUndefined();
  });

  test("where it would nest too deep", () => {
    const open = (levels: number): string =>
      Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}k:\n`).join("");
    const source = `${open(150)}${" ".repeat(150)}a: 1\n${" ".repeat(150)}b: x\n`;
    expect(linesRead(source, "x", `${"[".repeat(40)}${"]".repeat(40)}`)).toBeDefined();
    expect(linesRead(source, "x", `${"[".repeat(60)}${"]".repeat(60)}`)).toBeUndefined();
  });
});
