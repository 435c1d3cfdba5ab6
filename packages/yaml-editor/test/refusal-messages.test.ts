import { describe, expect, test } from "vitest";
import type { Edit, NewValue, Path, ScalarValue } from "../src/index.ts";
import { apply, remove } from "./harness.ts";

const set = (path: Path, value: ScalarValue): Edit => ({ kind: "set", path, value });
const key = (path: Path, name: string, value: NewValue, side: { after?: string; before?: string } = {}): Edit => ({
  kind: "insert-key",
  path,
  key: name,
  value,
  ...side,
});
const item = (path: Path, index: number, value: NewValue): Edit => ({ kind: "insert-item", path, index, value });
const rename = (path: Path, name: string): Edit => ({ kind: "rename-key", path, key: name });
const above = (path: Path, line: string): Edit => ({ kind: "comment-above", path, lines: [line] });
const behind = (path: Path, text: string): Edit => ({ kind: "comment-at", path, text });
const part = (path: Path, start: number, end: number, text: string): Edit => ({
  kind: "replace-in-scalar",
  path,
  start,
  end,
  text,
});

/** Code and sentence of the refusal, and the piece of the file that it points at. */
type Told = readonly [code: string, message: string, place: string | undefined];

function told(source: string, edits: readonly Edit[]): Told[] {
  const result = apply(source, ...edits);
  if (result.ok) return [];
  return result.refusals.map(({ code, message, span }) => [code, message, span && source.slice(span.start, span.end)]);
}

function rows(cases: readonly (readonly [source: string, edits: Edit | readonly Edit[], told: Told])[]): void {
  test.each(cases.map(([source, edits, expected]) => [expected[1], source, edits, expected] as const))(
    "%s",
    (_message, source, edits, expected) => {
      expect(told(source, "kind" in edits ? [edits] : edits)).toEqual([expected]);
    },
  );
}

describe("a target that is not there, or not clear", () => {
  rows([
    [
      "a: 1\n",
      remove(["a"] as unknown as Path),
      ["no-such-target", "a path starts with the index of a document", undefined],
    ],
    ["a: 1\n", remove([1, "a"]), ["no-such-target", "there is no document 2", undefined]],
    ["a: 1\n", set([0, "a", 0, "b"], 1), ["no-such-target", "there is no a[0].b", undefined]],
    ["- a: 1\n", set([0, 0, "b"], 1), ["no-such-target", "there is no [0].b", undefined]],
    ["- 1\n- 2\n", set([0, "0"], 1), ["no-such-target", "there is no 0", undefined]],
    ["a: 1\n---\nb: 1\n", remove([1, "a"]), ["no-such-target", "there is no document 2: a", undefined]],
    ["a:\n  x: 1\n  x: 2\n", remove([0, "a", "x"]), ["ambiguous-target", "the key a.x is written 2 times", "x: 1"]],
    ["a: &x {b: 1}\nc: *x\n", set([0, "c", "b"], 2), ["alias-target", "c.b lies behind the alias *x", "*x"]],
  ]);
});

describe("a target of another kind", () => {
  rows([
    ["a: 1\n", set([0], 1), ["wrong-target-kind", "set wants an entry or item, not a whole document", undefined]],
    [
      "a: 1\n",
      above([0], "x"),
      ["wrong-target-kind", "comment-above wants an entry or item, not a whole document", undefined],
    ],
    ["a: [b]\n", set([0, "a"], 1), ["wrong-target-kind", "only a scalar can be set", "[b]"]],
    [
      "a: [b]\n",
      part([0, "a"], 0, 0, "x"),
      ["wrong-target-kind", "only the text of a scalar can be replaced", "a: [b]"],
    ],
    ["a: [b]\n", key([0, "a"], "c", 1), ["wrong-target-kind", "a is no map", "[b]"]],
    ["a: {b: 1}\n", item([0, "a"], 0, 1), ["wrong-target-kind", "a is no sequence", "{b: 1}"]],
    ["a:\n", key([0, "a"], "c", 1), ["wrong-target-kind", "a is no map", undefined]],
    ["- 1\n", key([0], "c", 1), ["wrong-target-kind", "the document is no map", "- 1"]],
    ["a: 1\n---\n", key([1], "c", 1), ["wrong-target-kind", "document 2 is no map", undefined]],
    [": 1\n", rename([0, ""], "a"), ["wrong-target-kind", "only a plain or quoted key can be renamed", ": 1"]],
    ["a: [b]\n", rename([0, "a", 0], "c"), ["wrong-target-kind", "only a map entry has a key", "b"]],
    [
      "? [a]\n: 1\n",
      rename([0, "[a]"], "b"),
      ["wrong-target-kind", "only a plain or quoted key can be renamed", "? [a]\n: 1"],
    ],
  ]);
});

describe("anchors, aliases and merges", () => {
  rows([
    ["a: &x 1\nb: *x\n", set([0, "b"], 2), ["alias-target", "the value is the alias *x", "*x"]],
    ["a: &x 1\nb: *x\n", part([0, "b"], 0, 0, "2"), ["alias-target", "the value is the alias *x", "*x"]],
    ["a: &x {}\nb: *x\n", key([0, "b"], "c", 1), ["alias-target", "b is the alias *x", "*x"]],
    ["a: &x 1\nb: *x\n", remove([0, "a"]), ["anchor-in-use", "the anchor &x would go, but *x uses it elsewhere", "*x"]],
    [
      "a: &x\n  b: 1\nc: *x\n",
      set([0, "a", "b"], 2),
      ["anchor-in-use", "a.b lies in a node that aliases use elsewhere as *x", "&x\n  b: 1"],
    ],
    [
      "a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n",
      remove([0, "c", "b"]),
      ["merge-key", 'without its own "b" the map takes it from the one that it merges', "<<: *x"],
    ],
  ]);
});

describe("keys and places", () => {
  rows([
    ["a: 1\nb: 2\n", rename([0, "a"], "b"), ["key-exists", 'the map has the key "b" already', "a: 1"]],
    ["a:\n  b: 1\n", key([0, "a"], "b", 2), ["key-exists", 'a has the key "b" already', "b: 1"]],
    ["a: 1\n", key([0], "b", 2, { after: "c" }), ["no-such-target", 'the document has no key "c"', "a: 1"]],
    ["a:\n  b: 1\n", key([0, "a"], "c", 2, { before: "x" }), ["no-such-target", 'a has no key "x"', "b: 1"]],
    [
      "a: 1\na: 2\n",
      key([0], "b", 2, { after: "a" }),
      ["ambiguous-target", 'the key "a" is written more than once', "a: 1\na: 2"],
    ],
    ["a: [b]\n", item([0, "a"], 2, "c"), ["no-such-target", "a list of 1 has no place 2", "[b]"]],
    ["- a: 1\n", remove([0, 0]), ["last-entry", "the document would be left empty", "- a: 1"]],
    ["jobs:\n  a: 1\n", remove([0, "jobs", "a"]), ["last-entry", "jobs would be left empty", "a: 1"]],
    [
      "jobs:\n  a:\n    steps: [x]\n",
      remove([0, "jobs", "a", "steps", 0]),
      ["last-entry", "jobs.a.steps would be left empty", "[x]"],
    ],
    [
      "a:\n  b: 1\nd: 2\n",
      [remove([0, "a", "b"]), key([0, "a"], "c", 1)],
      ["overlapping-edits", "every child of a collection is deleted while another is inserted", "b: 1"],
    ],
  ]);
});

describe("what cannot be written", () => {
  rows([
    [
      "a: 1\n",
      above([0, "a"], "x\ny"),
      ["cannot-represent", "a comment line cannot hold line breaks or control characters", undefined],
    ],
    [
      "a: [b, c]\n",
      above([0, "a", 1], "x"),
      ["cannot-represent", "no comment can be given to what stands inside a line", "c"],
    ],
    [
      "a: [b, c]\n",
      behind([0, "a", 0], "x"),
      ["cannot-represent", "no comment can be given to what stands inside a line", "b"],
    ],
    [
      "a: [b, c]\n",
      remove([0, "a", 0], ["x"]),
      ["cannot-represent", "a note cannot stand inside a line of a flow collection", "b"],
    ],
    [
      "a: [b: 1]\n",
      key([0, "a", 0], "c", 1),
      ["cannot-represent", "a pair without braces has room for one key", "b: 1"],
    ],
    ["? a\n", set([0, "a"], 1), ["cannot-represent", "a key without a colon cannot take a value", "? a"]],
    ["a: {? , b}\n", set([0, "a", ""], 1), ["cannot-represent", "a key without a colon cannot take a value", "?"]],
    [
      "a: {b\n  c, d}\n",
      set([0, "a", "b c"], 1),
      ["cannot-represent", "a key without a colon cannot take a value", "b\n  c"],
    ],
    ["a: !!int 1\n", set([0, "a"], "x"), ["cannot-represent", "the tag !!int does not go with this value", "!!int 1"]],
    [
      "a: !!set {b}\n",
      key([0, "a"], "c", null),
      ["cannot-represent", "a collection tagged !!set has rules of its own", "!!set {b}"],
    ],
    [
      "x:\n  a: !!omap\n  - b: 1\n",
      key([0, "x", "a", 0], "c", 1),
      ["cannot-represent", "a collection tagged !!omap has rules of its own", "b: 1"],
    ],
    ["a: 1\n", set([0, "a"], [] as never), ["cannot-represent", "object is no kind of YAML scalar", undefined]],
    ["a: 1\n", key([0], "b", 1n as never), ["cannot-represent", "bigint is no kind of YAML value", undefined]],
    [
      "a: 1\n",
      key([0], "b", JSON.parse("[".repeat(201) + "]".repeat(201)) as NewValue),
      ["cannot-represent", "the value nests more than 200 levels deep", undefined],
    ],
  ]);
});

describe("a comment in the way", () => {
  rows([
    [
      "a: [b, # x\n  c]\n",
      remove([0, "a", 1]),
      ["comment-would-change", "a comment stands between the deleted item and its neighbour", "# x"],
    ],
    [
      "a: | # x\n  b\n",
      set([0, "a"], " b"),
      ["comment-would-change", "the value cannot stay a block scalar, and its header carries a comment", "# x"],
    ],
  ]);
});

describe("a part of a scalar", () => {
  rows([
    [
      "a: bc\n",
      part([0, "a"], -1, 1, "x"),
      ["unmappable-range", "-1 to 1 is no range of a text of 2 characters", "bc"],
    ],
    ["a: bc\n", part([0, "a"], 1, 3, "x"), ["unmappable-range", "1 to 3 is no range of a text of 2 characters", "bc"]],
    [
      "a: bc\n",
      part([0, "a"], 0.5, 1, "x"),
      ["unmappable-range", "0.5 to 1 is no range of a text of 2 characters", "bc"],
    ],
    [
      "a: bc\n",
      part([0, "a"], 0, 1.5, "x"),
      ["unmappable-range", "0 to 1.5 is no range of a text of 2 characters", "bc"],
    ],
    [
      'a: "\\U0001f388"\n',
      part([0, "a"], 0, 1, "x"),
      ["unmappable-range", "the range begins or ends inside an escape or a fold", '"\\U0001f388"'],
    ],
    [
      "a: |2\n    \nb: 1\n",
      part([0, "a"], 0, 0, "x"),
      ["unmappable-range", "the text of this scalar cannot be mapped to the file", "|2\n    "],
    ],
    [
      "a: |\n  b\n",
      part([0, "a"], 0, 0, " "),
      ["cannot-represent", "the block scalar cannot hold this text under its header and indentation", "|\n  b"],
    ],
    [
      "a: bcd\n",
      [part([0, "a"], 0, 2, "x"), part([0, "a"], 1, 3, "y")],
      ["overlapping-edits", "two replacements of one scalar overlap", "bcd"],
    ],
  ]);
});
