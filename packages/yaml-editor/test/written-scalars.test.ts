import { describe, expect, test } from "vitest";
import type { Edit, Path, ScalarValue } from "../src/index.ts";
import { edited, refusals } from "./harness.ts";

const set = (path: Path, value: ScalarValue): Edit => ({ kind: "set", path, value });

describe("text that a YAML 1.1 reader takes for something else is quoted", () => {
  test.each([
    "2026-1-2",
    "2026-01-02",
    "2026-01-02 10:00:00",
    "2026-01-02t10:00",
    "12:30:45",
    "+12:30:45.5",
    "12:30:45.55",
    "0x1_f",
    "1_0e+30",
    "-1:5",
    "1_0:30",
    "-0b101",
    "0b_1",
    "0x_ff",
    "+1_0.5_0",
    "1_0e+3",
    "1_0E5",
    ".5_0",
    "=",
    "N",
    "Off",
  ])("%s", (text) => expect(edited("a: x\n", set([0, "a"], text))).toBe(`a: '${text}'\n`));

  test.each([
    "2026-01",
    "2026-01-02x",
    "12:60",
    "12:",
    "x12:30",
    "0b2",
    "0x",
    "1.2.3",
    "1e",
    "noon",
    "v2026-01-02",
    "=x",
  ])("but not %s", (text) => {
    const after = edited("a: x\n", set([0, "a"], text));
    expect(after).toBe(text === "12:" ? "a: '12:'\n" : `a: ${text}\n`);
  });
});

describe("numbers that have names", () => {
  test("are written by them", () => {
    expect(edited("a: 1\n", set([0, "a"], Number.NaN))).toBe("a: .nan\n");
    expect(edited("a: 1\n", set([0, "a"], Infinity))).toBe("a: .inf\n");
    expect(edited("a: 1\n", set([0, "a"], -Infinity))).toBe("a: -.inf\n");
    expect(edited("a: 1\n", set([0, "a"], -0))).toBe("a: -0.0\n");
  });
});

describe("tags that YAML defines", () => {
  test.each([
    ["!!str x", 1],
    ["!!float 1.5", "x"],
    ["!!bool true", "x"],
    ["!!null ~", "x"],
    ["!<tag:yaml.org,2002:int> 1", "x"],
  ])("%s does not go with %j", (source, value) => {
    expect(refusals(`a: ${source}\n`, set([0, "a"], value))).toEqual(["cannot-represent"]);
  });

  test("say nothing of a value where they are tags of an application", () => {
    for (const tag of ["!int", "!!int.x", "!<tag:yaml.org,2002:int/x>", "!<!!int>"])
      expect(edited(`a: ${tag} 1\n`, set([0, "a"], "x"))).toBe(`a: ${tag} x\n`);
  });

  test("of a list or a map let new children in", () => {
    expect(edited("a: !!map {b: 1}\n", { kind: "insert-key", path: [0, "a"], key: "c", value: 1 })).toBe(
      "a: !!map {b: 1, c: 1}\n",
    );
    expect(edited("a: !!seq [b]\n", { kind: "insert-item", path: [0, "a"], index: 1, value: 1 })).toBe(
      "a: !!seq [b, 1]\n",
    );
  });

  test("stand a blank before a value that they had not", () => {
    expect(edited("a: !!str\nb: &x\n", set([0, "a"], "x"), set([0, "b"], 1))).toBe("a: !!str x\nb: &x 1\n");
    expect(edited("a: [!!str , !!str]\n", set([0, "a", 0], "x"), set([0, "a", 1], "y z"))).toBe(
      "a: [!!str x, !!str y z]\n",
    );
  });

  test("go with a value of theirs", () => {
    expect(edited("a: !!null ~\nb: !!float 1\n", set([0, "b"], 2.5))).toBe("a: !!null ~\nb: !!float 2.5\n");
  });
});

test("characters that cannot be printed are escaped as briefly as YAML allows", () => {
  expect(edited("a: x\n", set([0, "a"], "\u0001\u0085\u2028"))).toBe('a: "\\x01\\x85\\u2028"\n');
  expect(edited("a: x\n", set([0, "a"], '\0\u0007\b\t\n\v\f\r\u001b\\"'))).toBe(
    'a: "\\0\\a\\b\\t\\n\\v\\f\\r\\e\\\\\\""\n',
  );
});
