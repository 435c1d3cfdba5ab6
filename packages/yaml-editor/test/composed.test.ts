import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { sameComposed } from "../src/check/composed.ts";

const read = (source: string): unknown => parseDocument(source, { uniqueKeys: false }).contents;

test.each([
  ["comments and blank lines", "a: 1\nb: [x, y]\n", "# one\na: 1 # two\n\nb: [x,\n    y]\n"],
  ["other columns", "a:\n- b: |\n    text\n", "a:\n    -   b: |\n          text\n"],
  ["anchors and tags that are equal", "a: &x !t\n  b: !!str 1\n", "a: &x !t\n    b: !!str 1\n"],
  ["keys without a value", "a: {b, c}\n", "a: {\n  b,\n  c }\n"],
])("sees no difference in %s", (_, before, after) => {
  expect(sameComposed(read(before), read(after))).toBe(true);
});

test.each([
  ["a value", "on: {push: {branches: [main]}}\n", "on: {push: {branches: [next]}}\n"],
  ["a type", "- if: 1\n", '- if: "1"\n'],
  ["quotes", "- if: 'x'\n", '- if: "x"\n'],
  ["a text that reads as the same value", "- port: 10\n", "- port: 1e1\n"],
  ["a block style", "run: |\n  make\n", "run: >\n  make\n"],
  ["flow style", "- os: [mac]\n", "- os:\n    - mac\n"],
  ["a kind", "a: [b]\n", "a: {b}\n"],
  ["a key", "env:\n  CI: true\n", "env:\n  CC: true\n"],
  ["the order of keys", "a: 1\nb: 2\n", "b: 2\na: 1\n"],
  ["an item more", "- a\n", "- a\n- b\n"],
  ["an anchor", "a: &x 1\n", "a: &y 1\n"],
  ["the style of a map inside", "a:\n  b: {c: 1}\n", "a:\n  b:\n    c: 1\n"],
  ["the style of a list inside", "a:\n  b: [c]\n", "a:\n  b:\n    - c\n"],
  ["an anchor of a map", "a: &x\n  b: 1\n", "a:\n  b: 1\n"],
  ["a tag", "a: !t 1\n", "a: !u 1\n"],
  ["a tag of a list", "a: !t\n  - 1\n", "a:\n  - 1\n"],
  ["nothing and null", "a:\n", "a: null\n"],
  ["no value and one", "a: {b}\n", "a: {b: 1}\n"],
  ["no value and a list", "a: {b}\n", "a: {b: [c]}\n"],
  ["an alias and no value", "a: {b: *x}\n", "a: {b}\n"],
  ["a word under another version", "a: no\n", "%YAML 1.1\n---\na: no\n"],
])("sees that %s changed", (_, before, after) => {
  expect(sameComposed(read(before), read(after))).toBe(false);
});

test("leaves aliases to those who know their anchors", () => {
  expect(sameComposed(read("- &a 1\n- *a\n"), read("- &a 1\n- *a\n"))).toBe(false);
});
