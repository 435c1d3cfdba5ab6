import { describe, expect, test } from "vitest";
import { openYaml } from "../src/index.ts";
import { apply, open, refusals, remove } from "./harness.ts";

describe("a refusal says where", () => {
  test("with the path as people write it, the place and the edit", () => {
    const result = apply("a: 1\n---\nb:\n  - c: 1\n    c: 2\n", remove([0, "a"]), remove([1, "b", 0, "c"]));
    expect(result).toEqual({
      ok: false,
      refusals: [
        {
          code: "last-entry",
          message: "the document would be left empty",
          span: { start: 0, end: 4 },
          at: { line: 1, column: 1 },
          edit: 0,
        },
        {
          code: "ambiguous-target",
          message: "the key document 2: b[0].c is written 2 times",
          span: { start: 16, end: 20 },
          at: { line: 4, column: 5 },
          edit: 1,
        },
      ],
    });
  });

  test("without a place, where there is none", () => {
    expect(apply("a: 1\n", remove([0, "b", 2, "c"]))).toEqual({
      ok: false,
      refusals: [{ code: "no-such-target", message: "there is no b[2].c", edit: 0 }],
    });
  });
});

describe("a list has indexes, no names", () => {
  test.each([["0"], [-1], [0.5], ["length"], [1]])("%j leads nowhere", (segment) => {
    expect(refusals("- a\n", remove([0, segment]))).toEqual(["no-such-target"]);
  });
});

test("splices are in bytes, also far into a text of characters of every width", () => {
  const wide = "# ~\u0080\u07ff\u0800\ud7ff\ue000\uffee\u{10000}\u{103ff}\u{10fffd}\n".repeat(200);
  const source = `x: 1\n\n${wide}\na: 1\nb: 2\n`;
  const bytes = Buffer.from(source);
  const result = apply(source, remove([0, "a"]));
  expect(result).toMatchObject({
    ok: true,
    text: `x: 1\n\n${wide}\nb: 2\n`,
    splices: [{ start: bytes.indexOf("a: 1"), text: "" }],
  });
  const file = open(source);
  for (let at = 0; at < source.length; at += 97) {
    if (!/[\udc00-\udfff]/u.test(source[at] ?? ""))
      expect(file.byteOffset(at)).toBe(Buffer.byteLength(source.slice(0, at)));
  }
});

test("the end of a text is at the end of its bytes, however long it is", () => {
  for (const length of [1023, 1024, 1025, 2048]) {
    const source = "# é\n".padEnd(length, "x");
    expect(open(source).byteOffset(length)).toBe(length + 1);
  }
});

test("the view tells empty values, tags without a value, and pairs in lists", () => {
  const file = open("a: !!str\nb: &x\nc: [k: 1, ? l : 2, m, : 3]\nd: &y >\n  text\n");
  expect(file.toJS()).toEqual({ a: "", b: null, c: [{ k: 1 }, { l: 2 }, "m", { "": 3 }], d: "text\n" });
  expect(file.node([0, "d"])).toMatchObject({ style: "folded", anchor: "y" });
  expect(file.node([0, "c", 0])).toMatchObject({ kind: "map", flow: true });
});

describe("spans", () => {
  const source = "a: &x !!str v # c\nb: !!str &y w\nc: *x\nd: |-\ne: |\n  t\n\nf: >+\n  t\n\n";
  const file = open(source);

  test.each([
    ["a", "&x !!str v"],
    ["b", "!!str &y w"],
    ["c", "*x"],
    ["d", "|-"],
    ["e", "|\n  t"],
    ["f", ">+\n  t\n"],
  ])("of %s", (key, text) => {
    const span = file.node([0, key])?.span;
    expect(span && source.slice(span.start, span.end)).toBe(text);
  });

  test("of a parse error", () => {
    expect(openYaml(new TextEncoder().encode("a: 1\nb: c: d\n"))).toMatchObject({
      refusals: [{ code: "parse-error", span: { start: 8 }, at: { line: 2, column: 4 } }],
    });
  });
});

test("sourceOffset leads through folds of several lines", () => {
  const source = "a: 'one\n\n\n  tw''o'\nb: \"x\n\n  y\\U0010FFFF.\"\nc: p\r\n\r\n  q\n";
  const file = open(source);
  const offsets = (key: string): string[] => {
    const node = file.node([0, key]);
    if (node?.kind !== "scalar") throw new Error("no scalar");
    return Array.from({ length: node.text.length + 1 }, (_, index) => {
      return JSON.stringify(source.slice(node.sourceOffset(index), node.sourceOffset(index) + 2));
    });
  };
  expect(file.node([0, "a"])).toMatchObject({ text: "one\n\ntw'o" });
  expect(offsets("a").map((pair) => JSON.parse(pair) as string)).toEqual([
    "on",
    "ne",
    "e\n",
    "\n\n",
    "\n ",
    "tw",
    "w'",
    "''",
    "o'",
    "'\n",
  ]);
  expect(offsets("b").map((pair) => JSON.parse(pair) as string)).toEqual([
    "x\n",
    "\n\n",
    "y\\",
    "\\U",
    "\\U",
    '."',
    '"\n',
  ]);
  expect(offsets("c").map((pair) => JSON.parse(pair) as string)).toEqual(["p\r", "\r\n", "q\n", "\n"]);
});

test("sourceOffset leads through a folded scalar, where breaks stay beside what is indented deeper", () => {
  const offsets = (source: string): number[] => {
    const node = open(source).node([0, "a"]);
    if (node?.kind !== "scalar") throw new Error("no scalar");
    return Array.from(node.text, (character, index) => (character === "\n" ? [node.sourceOffset(index)] : [])).flat();
  };
  expect(offsets("a: >\n  one\n\n    deep\n  two\n")).toEqual([10, 11, 20, 26]);
  expect(offsets("a: >\n  one\n\n\n    deep\n\n  two\n")).toEqual([10, 11, 12, 21, 22, 28]);
  expect(offsets("a: >\n  one\n\n\n  two\n")).toEqual([10, 12, 18]);
  expect(offsets("a: >\n  one\n\n  \ttab\n")).toEqual([10, 11, 18]);
});

test("the text of an empty block scalar would begin below its header", () => {
  const node = open("a: |-\n\n\nb: 1\n").node([0, "a"]);
  expect(node?.kind === "scalar" && node.sourceOffset(0)).toBe(6);
});

test("the view tells keys that are empty, aliases, or anchors without a name behind them", () => {
  expect(open("?\n").toJS()).toEqual({ "": null });
  expect(open("a: { : }\nb: [ ? , c]\n").toJS()).toEqual({ a: { "": null }, b: [{ "": null }, "c"] });
  expect(open("[? ]\n").toJS()).toEqual([{ "": null }]);
  expect(open("? a: 1\n: 2\n").toJS()).toEqual({ "a: 1": 2 });
  expect(open("{!t , b: 1}\n").toJS()).toEqual({ "": null, b: 1 });
  expect(open("{b: 1, !t }\n").toJS()).toEqual({ b: 1, "": null });
  expect(open("a: &x k\n*x : 1\n").toJS()).toEqual({ a: "k", k: 1 });
  expect(open("a: &x [1]\n*x : 1\n").toJS()).toEqual({ a: [1], "*x": 1 });
  expect(open("a: &x 1\n*y : 1\n").toJS()).toEqual({ a: 1, "*y": 1 });
  const empty = open("a: { b: 1, : 2 }\n").at([0, "a", ""]);
  expect(empty).toMatchObject({ kind: "entry", keySpan: { start: 11, end: 11 } });
  expect(open("-\n").at([0, 0])?.span).toEqual({ start: 0, end: 1 });
});

test("nothing lies below a scalar, and lists have no names", () => {
  const file = open("a: 1\nb: [x]\n");
  expect(file.at([0, "a", "x"])).toBeUndefined();
  expect(file.node([0, "a", 0])).toBeUndefined();
  expect(file.at([0, "b", "0"])).toBeUndefined();
  expect(file.at([1, "a"])).toBeUndefined();
  expect(open("- a\n").at([0])).toBeUndefined();
  expect(file.node([0, "b", 0])).toMatchObject({ value: "x" });
});

test("plain data may be changed, and shows what an alias names as one and the same", () => {
  const data = open("a: &x [1]\nb: *x\nc: 1\n").toJS() as Record<string, unknown>;
  expect(data["b"]).toBe(data["a"]);
  data["a"] = 2;
  delete data["c"];
  expect(data).toEqual({ a: 2, b: [1] });
});

test("a merge takes maps, and leaves what is none", () => {
  expect(open("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n").toJS()).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 3 } });
  expect(open("a: {<<: text, b: 1}\nc:\n  <<:\n  d: 1\n").toJS()).toEqual({ a: { b: 1 }, c: { d: 1 } });
  expect(open("a:\n  '<<': {b: 1}\n").toJS()).toEqual({ a: { "<<": { b: 1 } } });
  expect(open("m: &m {x: 1}\na: {<<: 1, b: 2}\nc: {<<: [*m, 3, [4]]}\n").toJS()).toEqual({
    m: { x: 1 },
    a: { b: 2 },
    c: { x: 1 },
  });
});

test("aliases may stand for a million nodes, not for more", () => {
  const list = `a: &a [${"x, ".repeat(999)}x]\n`;
  const uses = (count: number): Uint8Array => new TextEncoder().encode(`${list}b: [${"*a, ".repeat(count)}x]\n`);
  expect(openYaml(uses(900)).ok).toBe(true);
  expect(openYaml(uses(1100))).toMatchObject({ ok: false, refusals: [{ code: "alias-bomb" }] });
  // One map, the list and the one below with 997 more of it: 999,000 nodes, and those that are filled in.
  const exact = (more: number): Uint8Array =>
    Buffer.from(`${list}b: [${"*a, ".repeat(997)}${"x, ".repeat(more - 1)}x]\n`);
  expect(openYaml(exact(1000)).ok).toBe(true);
  expect(openYaml(exact(1001)).ok).toBe(false);
  // What is large as it is written may grow to ten times that.
  const large = Buffer.from(`${list}b: [${"*a, ".repeat(905)}${"x, ".repeat(101_000)}x]\n`);
  expect(openYaml(large).ok).toBe(true);
});
