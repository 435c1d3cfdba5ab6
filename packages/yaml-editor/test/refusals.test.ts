import { describe, expect, test } from "vitest";
import { applyEdits, type Edit, openYaml, type Path, type Refusal } from "../src/index.ts";
import { apply, edited, open, refusals, remove } from "./harness.ts";

function openRefusal(source: string | Uint8Array): Refusal | undefined {
  const opened = openYaml(typeof source === "string" ? new TextEncoder().encode(source) : source);
  return opened.ok ? undefined : opened.refusals[0];
}

function openCode(source: string | Uint8Array): string {
  return openRefusal(source)?.code ?? "ok";
}

describe("a file that cannot be read is refused, and nothing throws", () => {
  test.each([
    ["nested mappings on one line", "a: b: c\n"],
    ["a list that never ends", "a: [b, c\n"],
    ["a tab as indentation", "a:\n\tb: 1\n"],
    ["an open quote", "a: 'b\n"],
    ["a key on two lines", "a\nb: 1\n"],
  ])("%s", (_name, source) => expect(openCode(source)).toBe("parse-error"));

  test("bytes that are no UTF-8", () => {
    const refusal = { code: "invalid-utf8", message: "the file is not valid UTF-8" };
    expect(openRefusal(new Uint8Array([0x61, 0xff, 0x0a]))).toEqual(refusal);
    expect(openCode(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))).toBe("invalid-utf8");
  });

  test("more bytes than any CI file has", () => {
    const most = 64 * 1024 * 1024;
    expect(openCode(new Uint8Array(most).fill(0xff))).toBe("invalid-utf8");
    expect(openRefusal(new Uint8Array(most + 1))).toEqual({
      code: "too-large",
      message: `the file holds ${most + 1} bytes; the most is ${most}`,
    });
  });

  test.each(["[", "{a: ", "- ", "? ", "[[{b: "])("10,000 levels of %j", (opening) =>
    expect(openCode(opening.repeat(10_000))).toBe("too-deep"),
  );

  test("one level more than the deepest", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(openCode(nested(199))).toBe("ok");
    expect(openCode(nested(200))).toBe("too-deep");
  });

  test("10,000 levels of indentation", () => {
    const deep = Array.from({ length: 10_000 }, (_, level) => `${" ".repeat(Math.min(level, 400))}a:\n`);
    expect(openRefusal(deep.slice(0, 400).join(""))).toEqual({
      code: "too-deep",
      message: "the file nests collections more than 200 levels deep",
    });
  });

  test("aliases that multiply, or that stand in their own anchor", () => {
    const bomb = [
      "a0: &a0 [x, x]",
      "nothing:",
      ...Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`),
    ];
    expect(openRefusal(bomb.join("\n"))).toEqual({
      code: "alias-bomb",
      message: "aliases make 34 nodes stand for more than 1000000",
    });
    expect(openRefusal("a: &a [*a]\n")).toEqual({
      code: "alias-bomb",
      message: "an alias stands inside the node that it names, so that the data never ends",
    });
  });

  test("a parse error says where it is", () => {
    const opened = openYaml(new TextEncoder().encode("a: 1\nb: c: d\n"));
    expect(opened).toMatchObject({
      ok: false,
      refusals: [{ at: { line: 2, column: 4 }, message: expect.stringContaining("line 2, column 4") }],
    });
  });
});

test.each(["", "# only a comment\n", "---\n...\n", "\n\n", "\uFEFF"])("%j opens, and has nothing to edit", (source) => {
  const file = open(source);
  expect(file.toJS()).toBeNull();
  expect(applyEdits(file, [])).toMatchObject({ ok: true, text: source, splices: [] });
  expect(refusals(source, remove([0, "jobs"]))).toEqual(["no-such-target"]);
});

describe("a target that is not clear", () => {
  test("a path that leads nowhere", () => {
    expect(refusals("a: 1\n", remove([0, "b"]))).toEqual(["no-such-target"]);
    expect(refusals("a: [1]\n", remove([0, "a", 1]))).toEqual(["no-such-target"]);
    expect(refusals("a: 1\n", remove([1, "a"]))).toEqual(["no-such-target"]);
    expect(refusals("a: 1\n", remove(["a"] as unknown as Path))).toEqual(["no-such-target"]);
    expect(refusals("a: 1\n", remove([0]))).toEqual(["wrong-target-kind"]);
  });

  test("a key that is written twice", () => {
    const source = "a: 1\nb: 2\na: 3\n";
    expect(refusals(source, remove([0, "a"]))).toEqual(["ambiguous-target"]);
    expect(open(source).at([0, "a"])).toBeUndefined();
    expect(edited(source, remove([0, "b"]))).toBe("a: 1\na: 3\n");
  });

  test("one refusal refuses the batch, and names the edit", () => {
    const result = apply("a: 1\nb: 2\n", remove([0, "a"]), remove([0, "x"]), { kind: "set", path: [0], value: 1 });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "no-such-target", edit: 1 }] });
  });
});

test("an edit that changes nothing takes no splice", () => {
  const same = "b: 1\n# up\na: 1 # at\n";
  const edits: Edit[] = [
    { kind: "comment-at", path: [0, "a"], text: "at" },
    { kind: "comment-above", path: [0, "a"], lines: [] },
    { kind: "comment-above", path: [0, "a"], lines: ["up"], replace: true },
    { kind: "set", path: [0, "a"], value: 1 },
  ];
  expect(apply(same, ...edits)).toMatchObject({ ok: true, text: same, splices: [] });
});

test("a collection cannot lose every child and take in another", () => {
  const insert: Edit = { kind: "insert-key", path: [0, "a"], key: "c", value: 1 };
  expect(refusals("a:\n  b: 1\nd: 2\n", remove([0, "a", "b"]), insert)).toEqual(["overlapping-edits"]);
});

test("a change of values never touches comments, and overlapping edits are refused", () => {
  const twice = [
    { kind: "set", path: [0, "a"], value: 2 },
    { kind: "set", path: [0, "a"], value: 3 },
  ] as const;
  const refusal = { code: "overlapping-edits", message: "edits 0 and 1 change the same text", edit: 1 };
  expect(apply("a: 1 # x\n", ...twice)).toEqual({ ok: false, refusals: [refusal] });
});

describe("a value that YAML has no form for is refused", () => {
  const data: unknown[] = [undefined, 10n, new Date(0), new Map(), () => 1, { a: undefined }, [Symbol("x")]];
  const ring: Record<string, unknown> = {};
  ring["again"] = { ring };
  data.push(ring, JSON.parse("[".repeat(300) + "]".repeat(300)));

  test.each(data)("%s", (value) => {
    const edit = { kind: "insert-key", path: [0], key: "b", value } as Edit;
    expect(refusals("a: 1\n", edit)).toEqual(["cannot-represent"]);
  });

  test.each([undefined, 10n, {}, []])("%s in the place of a scalar", (value) => {
    expect(refusals("a: 1\n", { kind: "set", path: [0, "a"], value } as unknown as Edit)).toEqual(["cannot-represent"]);
  });
});

test("a key << is written so that it merges nothing", () => {
  expect(edited("a: 1\n", { kind: "insert-key", path: [0], key: "<<", value: { b: 1 } })).toBe("a: 1\n'<<':\n  b: 1\n");
  expect(edited("a: {b: 1}\n", { kind: "rename-key", path: [0, "a"], key: "<<" })).toBe("'<<': {b: 1}\n");
});

test("what only a program can get wrong throws", () => {
  expect(() => openYaml("a: 1\n" as unknown as Uint8Array)).toThrow(
    new TypeError("openYaml wants the bytes of a file"),
  );
  expect(() => apply("a: 1\n", { kind: "remove", path: [0, "a"] } as unknown as Edit)).toThrow('no edit "remove"');
});

test("a file that this package did not open is a programming error", () => {
  const copy = { ...open("a: 1\n") };
  expect(() => applyEdits(copy, [])).toThrow(new TypeError("applyEdits wants a file that openYaml opened"));
});

test("the time for a file grows with its size, not faster", () => {
  const job = (index: number): string =>
    `  job-${index}:\n    runs-on: linux # é\n    steps:\n      - run: |\n          make ${index}\n      - uses: a/b@v1\n`;
  const measure = (jobs: number): number => {
    const source = `jobs:\n${Array.from({ length: jobs }, (_, index) => job(index)).join("")}`;
    const start = performance.now();
    const file = open(source);
    const result = applyEdits(file, [
      remove([0, "jobs", `job-${jobs - 1}`], ["gone"]),
      remove([0, "jobs", "job-0", "runs-on"]),
    ]);
    expect(result.ok).toBe(true);
    return performance.now() - start;
  };
  measure(200);
  const small = measure(1000);
  expect(measure(8000)).toBeLessThan(Math.max(small, 50) * 30);
});

describe("a character that a file may only have as an escape", () => {
  const escape = "\u001b[31m";

  test("is quoted in a value, also in one of several lines", () => {
    const insert = (value: string): string => edited("a: 1\n", { kind: "insert-key", path: [0], key: "b", value });
    expect(insert(escape)).toBe('a: 1\nb: "\\e[31m"\n');
    expect(insert(`one\n${escape}`)).toBe('a: 1\nb: "one\\n\\e[31m"\n');
  });

  test("is refused where nothing can be quoted", () => {
    expect(refusals("a: 1\n", { kind: "comment-above", path: [0, "a"], lines: [escape] })).toEqual([
      "cannot-represent",
    ]);
    const literal = "a: |\n  one\n";
    expect(refusals(literal, { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 3, text: escape })).toEqual([
      "cannot-represent",
    ]);
  });
});
