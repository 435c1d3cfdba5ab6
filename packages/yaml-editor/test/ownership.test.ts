import { describe, expect, test } from "vitest";
import type { Path } from "../src/index.ts";
import { open } from "./harness.ts";

/** The comments of an entry or item: those above it, and the one behind it. */
function own(source: string, path: Path): [string[], string | undefined] {
  const comments = open(source).at(path)?.comments;
  return [(comments?.leading ?? []).map(({ text }) => text.trim()), comments?.trailing?.text.trim()];
}

const above = (source: string, path: Path): string[] => own(source, path)[0];
const behind = (source: string, path: Path): string | undefined => own(source, path)[1];

describe("a comment glued under the sibling above", () => {
  test.each([
    "slow",
    "NOTE: slow",
    "Slow: it waits",
    "  Slow: it waits",
    "see - name: x",
    "todo:",
    "  todo:",
    "as in - b",
    "http://x",
    "x:y",
    "1: one",
  ])("is about the key below: # %s", (text) => {
    expect(above(`a: 1\n# ${text}\nb: 2\n`, [0, "b"])).toEqual([text.trim()]);
    expect(above(`a: 1\n# ${text}\nb:\n  c: 2\n`, [0, "b"])).toEqual([text.trim()]);
  });

  test.each(["debug: true", "  debug: true", "- lint", "DEBUG:", "_x.y-z: 1", "- name: x", "run: echo Done: x"])(
    "is a switched-off value: # %s",
    (text) => {
      expect(above(`a: 1\n# ${text}\nb: 2\n`, [0, "b"])).toEqual([]);
      expect(above(`a: 1\n# ${text}\nb:\n`, [0, "b"])).toEqual([]);
      expect(above(`a: 1\n# ${text}\nb: &x 1\nc: *x\n`, [0, "b"])).toEqual([]);
    },
  );

  test("is switched off where any line of it is a value, but not for a list in prose", () => {
    expect(above("a: 1\n# once\n# range: 1 - 2\nb: 2\n", [0, "b"])).toEqual([]);
    expect(above("a: 1\n# not with\n# - range: 1\nb: 2\n", [0, "b"])).toEqual(["not with", "- range: 1"]);
  });

  test.each(["lint:", "- name: x", "- run: make", "  - id: x", "- lint:"])(
    "is a switched-off collection: # %s",
    (text) => {
      expect(above(`a: 1\n# ${text}\nb:\n  c: 2\n`, [0, "b"])).toEqual([]);
      expect(above(`a: 1\n# ${text}\nb:\n  - c\n`, [0, "b"])).toEqual([]);
    },
  );

  test.each(["debug: true", "- lint", "DEBUG: 1", "it has - name: x"])("says nothing of a collection: # %s", (text) => {
    expect(above(`a: 1\n# ${text}\nb:\n  c: 2\n`, [0, "b"])).toEqual([text]);
    expect(above(`a: 1\n# ${text}\nb:\n  - c\n`, [0, "b"])).toEqual([text]);
  });
});

describe("a comment that reaches the start", () => {
  test("of the file is a header, also where it has several lines", () => {
    expect(above("# one\n# two\na: 1\n", [0, "a"])).toEqual([]);
    expect(above("\n# one\n# two\na: 1\n", [0, "a"])).toEqual(["one", "two"]);
  });

  test.each(["", "---\n", "--- # one\n", "%YAML 1.2\n---\n", "x: 1\n...\n---\n"])(
    "of a document is a header: %j",
    (start) => {
      const file = open(`${start}# header\na: 1\n`);
      const document = file.documents.length - 1;
      expect(above(`${start}# header\na: 1\n`, [document, "a"])).toEqual([]);
      expect(above(`${start}\n# about a\na: 1\n`, [document, "a"])).toEqual(["about a"]);
    },
  );

  test("of a map below a key is not", () => {
    expect(above("a:\n  # one\n  # two\n  b: 1\n", [0, "a", "b"])).toEqual(["one", "two"]);
    expect(above("a:\n # one\n  # two\n  b: 1\n", [0, "a", "b"])).toEqual(["two"]);
  });
});

describe("a comment on the line", () => {
  test("belongs to what it stands behind", () => {
    expect(behind("a: {b: 1, c: 2} # x\n", [0, "a"])).toBe("x");
    expect(behind("a: {b: 1, c: 2} # x\n", [0, "a", "b"])).toBeUndefined();
    expect(behind("a: {b: 1, c: 2} # x\n", [0, "a", "c"])).toBeUndefined();
    expect(behind("a: [\n  b , # x\n  c]\n", [0, "a", 0])).toBe("x");
    expect(behind("a: [\n  b,   # x\n  c]\n", [0, "a", 0])).toBe("x");
    expect(behind("a: {b, # x\n  c}\n", [0, "a", "b"])).toBe("x");
    expect(behind("a: # x\nb: 1\n", [0, "a"])).toBe("x");
    expect(behind("a: &x 1\nb: *x # y\n", [0, "b"])).toBe("y");
    expect(behind("- # x\n  a: 1\n", [0, 0])).toBe("x");
    expect(behind("a:\n  - # x\n    b: 1\n", [0, "a", 0])).toBe("x");
    expect(behind("- # x\n  a: 1\n", [0, 0, "a"])).toBeUndefined();
    expect(behind("- a: 1 # x\n  b: 2\n", [0, 0])).toBe("x");
    expect(behind("a: | # x\n  # text\n", [0, "a"])).toBe("x");
    expect(behind("a: [ # x\n  b\n]\n", [0, "a"])).toBeUndefined();
    expect(behind("a: # x\n  b: 1\n", [0, "a"])).toBe("x");
    expect(behind("a: !t # x\n  b: 1\n", [0, "a"])).toBe("x");
    expect(behind("? a # x\n: 1\n", [0, "a"])).toBeUndefined();
  });
});

describe("what is not at the column of a node, or belongs to the document", () => {
  test("a comment above a dash is the item's, not that of the key behind it", () => {
    expect(above("a:\n# c\n- k: 1\n", [0, "a", 0])).toEqual(["c"]);
    expect(above("a:\n# c\n- k: 1\n", [0, "a", 0, "k"])).toEqual([]);
    expect(above("a:\n  # c\n- k: 1\n", [0, "a", 0, "k"])).toEqual([]);
  });

  test("a line ends a document where its marks stand at its start", () => {
    expect(above("a: 50%\n# c\nb: 1\n", [0, "b"])).toEqual(["c"]);
    expect(above("a: x ---\n# c\nb: 1\n", [0, "b"])).toEqual(["c"]);
    expect(above("a: 1\n---\n# c\nb: 1\n", [1, "b"])).toEqual([]);
    expect(above("a: 1\n# c\nb: 1\n---\nd: 1\n", [0, "b"])).toEqual(["c"]);
    expect(above("%YAML 1.2\n---\n# c\nb: 1\n", [0, "b"])).toEqual([]);
  });

  test("an item of a flow collection has the comment behind its comma, or without one", () => {
    expect(behind("a: [\n  x, # c\n  y # d\n]\n", [0, "a", 0])).toBe("c");
    expect(behind("a: [\n  x, # c\n  y # d\n]\n", [0, "a", 1])).toBe("d");
    expect(behind("a: [\n  x, y # d\n]\n", [0, "a", 0])).toBeUndefined();
    expect(behind("a: [\n  k: 1, # c\n  x\n]\n", [0, "a", 0])).toBe("c");
    expect(behind("a: [\n  k: 1, # c\n  x\n]\n", [0, "a", 0, "k"])).toBe("c");
  });
});
