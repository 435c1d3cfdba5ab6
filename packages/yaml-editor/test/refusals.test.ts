import { describe, expect, test } from "vitest";
import { applyEdits, type Edit, openYaml, type Path } from "../src/index.ts";
import { apply, edited, open, refusals, remove } from "./harness.ts";

function openCode(source: string | Uint8Array): string {
  const opened = openYaml(typeof source === "string" ? new TextEncoder().encode(source) : source);
  return opened.ok ? "ok" : (opened.refusals[0]?.code ?? "none");
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
    expect(openCode(new Uint8Array([0x61, 0xff, 0x0a]))).toBe("invalid-utf8");
    expect(openCode(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))).toBe("invalid-utf8");
  });

  test("more bytes than any CI file has", () => {
    const most = 64 * 1024 * 1024;
    expect(openCode(new Uint8Array(most + 1))).toBe("too-large");
  });

  test.each(["[", "{a: ", "- ", "? ", "[[{b: "])("10,000 levels of %j", (opening) =>
    expect(openCode(opening.repeat(10_000))).toBe("too-deep"),
  );

  test("10,000 levels of indentation", () => {
    const deep = Array.from({ length: 10_000 }, (_, level) => `${" ".repeat(Math.min(level, 400))}a:\n`);
    expect(openCode(deep.slice(0, 400).join(""))).toBe("too-deep");
  });

  test("aliases that multiply, or that stand in their own anchor", () => {
    const bomb = [
      "a0: &a0 [x, x]",
      ...Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`),
    ];
    expect(openCode(bomb.join("\n"))).toBe("alias-bomb");
    expect(openCode("a: &a [*a]\n")).toBe("alias-bomb");
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

describe("anchors, aliases and merges", () => {
  const source = "base: &base\n  x: 1\n  y: 2\nuse: *base\nown:\n  <<: *base\n  x: 3\n";

  test("an anchor that is used elsewhere stays", () => {
    expect(refusals(source, remove([0, "base"]))).toEqual(["anchor-in-use"]);
    expect(edited(source, remove([0, "base"]), remove([0, "use"]), remove([0, "own", "<<"]))).toBe("own:\n  x: 3\n");
  });

  test("a node that aliases show elsewhere is not changed through one place", () => {
    expect(refusals(source, remove([0, "base", "x"]))).toEqual(["anchor-in-use"]);
    expect(refusals(source, { kind: "set", path: [0, "base", "x"], value: 2 })).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x 1\nb: *x\n", { kind: "set", path: [0, "a"], value: 2 })).toEqual(["anchor-in-use"]);
  });

  test("the name of a key is its own, whatever aliases show of its value", () => {
    const shown = "a: &x {k: 1}\nb: *x\n";
    expect(edited(shown, { kind: "rename-key", path: [0, "a"], key: "c" })).toBe("c: &x {k: 1}\nb: *x\n");
    expect(refusals(shown, { kind: "rename-key", path: [0, "a", "k"], key: "c" })).toEqual(["anchor-in-use"]);
  });

  test("an edit that changes nothing takes no splice", () => {
    const same = "# up\na: 1 # at\n";
    const edits: Edit[] = [
      { kind: "comment-at", path: [0, "a"], text: "at" },
      { kind: "comment-above", path: [0, "a"], lines: [] },
      { kind: "set", path: [0, "a"], value: 1 },
    ];
    expect(apply(same, ...edits)).toMatchObject({ ok: true, text: same, splices: [] });
  });

  test("an anchor that is used in a key, or deep in a list, stays", () => {
    expect(refusals("a: &x 1\n? [k, *x]\n: 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x k\n*x : 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: &x k\n? {*x : 1}\n: 2\nb: 3\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: {k: &x 1}\nb: *x\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: {&x k: 1}\nb: *x\n", remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(refusals("a: [&x k: 1]\nb: *x\n", remove([0, "a", 0]))).toEqual(["anchor-in-use"]);
    const deep = "a: &x 1\nb:\n  - c: [*x]\nd: 2\n";
    expect(refusals(deep, remove([0, "a"]))).toEqual(["anchor-in-use"]);
    expect(edited(deep, remove([0, "a"]), remove([0, "b"]))).toBe("d: 2\n");
  });

  test("a comment may be given to what aliases show elsewhere", () => {
    expect(edited(source, { kind: "comment-above", path: [0, "base", "x"], lines: ["why"] })).toBe(
      source.replace("  x: 1", "  # why\n  x: 1"),
    );
  });

  test("one of several merged maps is enough to hide a key behind", () => {
    const two = "a: &a {x: 1}\nb: &b {y: 2}\nuse:\n  <<: [*a, *b]\n  x: 3\n  z: 4\n";
    expect(refusals(two, remove([0, "use", "x"]))).toEqual(["merge-key"]);
    expect(edited(two, remove([0, "use", "z"]))).toBe(two.replace("  z: 4\n", ""));
    expect(edited(two, remove([0, "use"]), remove([0, "use", "x"]))).toBe("a: &a {x: 1}\nb: &b {y: 2}\n");
  });

  test("an alias is no target for a value, but its entry can go", () => {
    expect(refusals(source, { kind: "set", path: [0, "use"], value: 2 })).toEqual(["alias-target"]);
    expect(refusals(source, remove([0, "use", "x"]))).toEqual(["alias-target"]);
    expect(edited(source, remove([0, "use"]))).toBe(source.replace("use: *base\n", ""));
  });

  test("a key that hides a merged one stays, and one that hides nothing goes", () => {
    expect(refusals(source, remove([0, "own", "x"]))).toEqual(["merge-key"]);
    const more = `${source}  z: 4\n`;
    expect(edited(more, remove([0, "own", "z"]))).toBe(source);
  });

  test("an anchor that is defined twice keeps its aliases apart", () => {
    const twice = "a: &x 1\nb: *x\nc: &x 2\nd: *x\n";
    expect(edited(twice, remove([0, "b"]), remove([0, "a"]))).toBe("c: &x 2\nd: *x\n");
    expect(refusals(twice, remove([0, "c"]))).toEqual(["anchor-in-use"]);
    expect(edited(twice, remove([0, "c"]), remove([0, "d"]))).toBe("a: &x 1\nb: *x\n");
  });

  test("an anchor and tag stay with a value that is set", () => {
    expect(edited("a: &x !!str one # c\n", { kind: "set", path: [0, "a"], value: "two" })).toBe(
      "a: &x !!str two # c\n",
    );
  });
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
  expect(refusals("a: 1 # x\n", ...twice)).toEqual(["overlapping-edits"]);
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
  expect(() => openYaml("a: 1\n" as unknown as Uint8Array)).toThrow(TypeError);
  expect(() => apply("a: 1\n", { kind: "remove", path: [0, "a"] } as unknown as Edit)).toThrow('no edit "remove"');
});

test("a file that this package did not open is a programming error", () => {
  const copy = { ...open("a: 1\n") };
  expect(() => applyEdits(copy, [])).toThrow(TypeError);
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
