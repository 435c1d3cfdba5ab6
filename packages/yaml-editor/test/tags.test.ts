import { describe, expect, test } from "vitest";
import type { Edit, Path, ScalarValue } from "../src/index.ts";
import { edited, open, refusals, replace } from "./harness.ts";

const set = (path: Path, value: ScalarValue): Edit => ({ kind: "set", path, value });

describe("a tag that YAML itself defines", () => {
  test("stays in front of a value that it goes with", () => {
    expect(edited("retries: !!int 3 # times\n", set([0, "retries"], 5))).toBe("retries: !!int 5 # times\n");
    expect(edited("version: !!str 3\n", set([0, "version"], "4"))).toBe("version: !!str '4'\n");
    expect(edited("ratio: !!float 1\n", set([0, "ratio"], 0.5))).toBe("ratio: !!float 0.5\n");
    expect(edited("debug: !!bool true\n", set([0, "debug"], false))).toBe("debug: !!bool false\n");
  });

  test.each([
    [3, "3.0"],
    [-2, "-2.0"],
    [12, "12.0"],
    [0, "0.0"],
    [1e21, "1e+21"],
    [Infinity, ".inf"],
  ])("!!float keeps a point or an exponent: %d is %s", (value, source) => {
    expect(edited("ratio: !!float 1.5 # a\n", set([0, "ratio"], value))).toBe(`ratio: !!float ${source} # a\n`);
    expect(edited("ratio: !!float '1.5'\n", set([0, "ratio"], value))).toBe(`ratio: !!float ${source}\n`);
  });

  test("refuses a value that it would turn into another, or into an error", () => {
    expect(refusals("retries: !!int 3\n", set([0, "retries"], "often"))).toEqual(["cannot-represent"]);
    expect(refusals("retries: !<tag:yaml.org,2002:int> 3\n", set([0, "retries"], 0.5))).toEqual(["cannot-represent"]);
    expect(refusals("retries: !!int 3\n", set([0, "retries"], -0))).toEqual(["cannot-represent"]);
    expect(refusals("key: !!binary aGk=\n", set([0, "key"], "text"))).toEqual(["cannot-represent"]);
    const number = "retries: !!int 35\n";
    expect(refusals(number, replace(number, [0, "retries"], "3", "x"))).toEqual(["cannot-represent"]);
  });

  test("on a set or an ordered map says what may stand in it", () => {
    const names = "names: !!set\n  ? one\n  ? two\n";
    expect(refusals(names, { kind: "insert-key", path: [0, "names"], key: "three", value: 3 })).toEqual([
      "cannot-represent",
    ]);
    const pairs = "pairs: !!pairs\n  - one: 1\n";
    expect(refusals(pairs, { kind: "insert-key", path: [0, "pairs", 0], key: "two", value: 2 })).toEqual([
      "cannot-represent",
    ]);
    const order = "order: !!omap\n  - one: 1\n";
    expect(refusals(order, { kind: "insert-item", path: [0, "order"], index: 1, value: "two" })).toEqual([
      "cannot-represent",
    ]);
    expect(refusals(order, { kind: "insert-key", path: [0, "order", 0], key: "two", value: 2 })).toEqual([
      "cannot-represent",
    ]);
  });
});

test("the tag of an application stays, whatever the value", () => {
  expect(edited("password: !secret old\n", set([0, "password"], "new"))).toBe("password: !secret new\n");
});

describe("text that an older reader would not take for text", () => {
  test.each(["2026-10-01", "2026-10-01T00:00:00Z", "12:30", "1_000", "0b11", "yes"])(
    "%s is written in quotes",
    (text) => {
      expect(edited("since: never\n", set([0, "since"], text))).toBe(`since: '${text}'\n`);
      expect(edited("a: 1\n", { kind: "insert-key", path: [0], key: "since", value: text })).toBe(
        `a: 1\nsince: '${text}'\n`,
      );
    },
  );

  test("gets quotes when it is what a replacement leaves", () => {
    const source = "since: before 2026-10-01\n";
    expect(edited(source, replace(source, [0, "since"], "before ", ""))).toBe("since: '2026-10-01'\n");
  });

  test("is left alone where it only looks like it", () => {
    expect(edited("a: x\n", set([0, "a"], "2026-10"))).toBe("a: 2026-10\n");
    expect(edited("a: x\n", set([0, "a"], "v1_000"))).toBe("a: v1_000\n");
    expect(edited("a: x\n", set([0, "a"], "1.2.3"))).toBe("a: 1.2.3\n");
  });
});

describe("a flow collection with something missing", () => {
  test("a key without a colon gets one with its value", () => {
    expect(edited("with: { debug, level: 2 }\n", set([0, "with", "debug"], true))).toBe(
      "with: { debug: true, level: 2 }\n",
    );
  });

  test("a pair without braces takes no second key", () => {
    const source = "list: [a: 1, b]\n";
    expect(refusals(source, { kind: "insert-key", path: [0, "list", 0], key: "c", value: 2 })).toEqual([
      "cannot-represent",
    ]);
  });

  test("a value that is missing stays missing beside a new key", () => {
    expect(edited('{\n  "a": 1,\n  "b":\n}\n', { kind: "insert-key", path: [0], key: "c", value: 2 })).toBe(
      '{\n  "a": 1,\n  "b": ,\n  c: 2\n}\n',
    );
  });
});

test("a key that is an alias is found by the name it stands for", () => {
  const file = open("first: &name build\nneeds:\n  *name : 1\n");
  expect(file.toJS()).toEqual({ first: "build", needs: { build: 1 } });
  expect(file.at([0, "needs", "build"])?.kind).toBe("entry");
});
