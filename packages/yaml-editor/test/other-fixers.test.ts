import { describe, expect, test } from "vitest";
import { type Edit, openYaml, type Path, type ScalarValue } from "../src/index.ts";
import { apply, edited, open, refusals, remove, replace, yaml } from "./harness.ts";

const set = (path: Path, value: ScalarValue): Edit => ({ kind: "set", path, value });

/** Cases that fixers of this kind are known to have got wrong. */
describe("real cases", () => {
  test("an edit in a flow map leaves its neighbours alone", () => {
    expect(edited("with: { a: 1 , b : two,c: [ 3 ] }\n", set([0, "with", "b"], "2nd"))).toBe(
      "with: { a: 1 , b : 2nd,c: [ 3 ] }\n",
    );
  });

  test("the only key under env goes, and no null is left", () => {
    const after = edited("steps:\n  - env:\n      CI: 1\n    run: make\n", remove([0, "steps", 0, "env", "CI"]));
    expect(after).toBe("steps:\n  - run: make\n");
  });

  test("an inserted nested map keeps its depth", () => {
    const edit: Edit = { kind: "insert-key", path: [0, "a", "b"], key: "c", value: { d: { e: 1 } } };
    expect(edited("a:\n  b:\n    x: 1\n", edit)).toBe("a:\n  b:\n    x: 1\n    c:\n      d:\n        e: 1\n");
  });

  test("multi-byte text before an edit does not shift it, and splices are in bytes", () => {
    const result = apply("name: Prüfung 🎈 # ✓\nif: false\nb: 1\n", remove([0, "if"]));
    expect(result).toMatchObject({
      ok: true,
      text: "name: Prüfung 🎈 # ✓\nb: 1\n",
      splices: [{ start: 26, end: 36, text: "" }],
    });
  });

  test("a comment between two keys survives the loss of either", () => {
    const before = "a: 1\n\n# about both\n\nb: 2\nc: 3\n";
    expect(edited(before, remove([0, "a"]))).toContain("# about both");
    expect(edited(before, remove([0, "b"]))).toContain("# about both");
  });

  test("a double-quoted scalar whose closing line is not indented", () => {
    const before = 'a:\n  run: "one\n    two\n    "\n  if: false\n  b: 1\n';
    expect(edited(before, remove([0, "a", "if"]))).toBe('a:\n  run: "one\n    two\n    "\n  b: 1\n');
    expect(edited(before, remove([0, "a", "run"]))).toBe("a:\n  if: false\n  b: 1\n");
  });

  test("a double-quoted scalar whose closing line is not indented at all is refused, not read as something else", () => {
    // YAML 1.2 wants it deeper than its key; some readers take it all the same.
    const opened = openYaml(new TextEncoder().encode('a:\n  run: "one\n    two\n"\n  if: false\n'));
    expect(opened).toMatchObject({ ok: false, refusals: [{ code: "parse-error", at: { line: 3 } }] });
  });

  test("two fixes on one line are made in one go", () => {
    const before = "if: false && a && false # x\n";
    expect(
      edited(before, replace(before, [0, "if"], "false && a", "a"), replace(before, [0, "if"], " && false", "")),
    ).toBe("if: a # x\n");
  });

  test("a block value never swallows the next sibling", () => {
    const before = "a:\n  run: |\n    one\n  if: false\n  # about b\n  b: 1\n";
    expect(edited(before, remove([0, "a", "if"]))).toBe("a:\n  run: |\n    one\n  # about b\n  b: 1\n");
    expect(edited("a: >\n  one\nb: 1\nc: 2\n", remove([0, "b"]))).toBe("a: >\n  one\nc: 2\n");
  });

  test("a deeper comment below a deleted key cannot become text of the script before it", () => {
    const before = "a:\n  run: |\n    one\n  if: false\n      # deep\n  b: 1\n";
    expect(edited(before, remove([0, "a", "if"]))).toBe("a:\n  run: |\n    one\n  b: 1\n");
  });

  test("a plain condition over several lines stays on several lines", () => {
    const before = "if: false &&\n  a &&\n  b\nc: 1\n";
    expect(edited(before, replace(before, [0, "if"], " a &&", " z &&"))).toBe("if: false &&\n  z &&\n  b\nc: 1\n");
  });

  test("trailing blanks do not turn a script into a quoted string", () => {
    const before = "run: |  \n  one  \n  two\nif: false\nb: 1\n";
    expect(edited(before, remove([0, "if"]), replace(before, [0, "run"], "two", "2"))).toBe(
      "run: |  \n  one  \n  2\nb: 1\n",
    );
  });

  test("quotes are never dropped", () => {
    expect(edited("a: '123'\nb: 1\n", remove([0, "b"]))).toBe("a: '123'\n");
    expect(edited("a: '123'\n", set([0, "a"], "456"))).toBe("a: '456'\n");
    expect(edited("a: x\n", set([0, "a"], "456"))).toBe("a: '456'\n");
  });

  test("aligned values stay aligned", () => {
    expect(edited("a:      1\nlonger: 2\n", set([0, "a"], 9))).toBe("a:      9\nlonger: 2\n");
  });

  test("a quoted key with a colon is found, and its neighbour goes", () => {
    expect(edited("'a: b': 1\nc: 2\n", set([0, "a: b"], 2), remove([0, "c"]))).toBe("'a: b': 2\n");
  });

  test("if: |+ keeps its header and its blank lines", () => {
    const before = "if: |+\n  false && x\n\nb: 1\n";
    expect(edited(before, replace(before, [0, "if"], "false && ", ""))).toBe("if: |+\n  x\n\nb: 1\n");
  });

  test("a job that others need is taken from scalar, block and flow lists", () => {
    const before = yaml`
      jobs:
        old:
          if: false
        a:
          needs: old
          runs-on: x
        b:
          needs:
          - old
          - a
        c:
          needs: [a, old]
    `;
    const edits = [
      [0, "jobs", "old"],
      [0, "jobs", "a", "needs"],
      [0, "jobs", "b", "needs", 0],
      [0, "jobs", "c", "needs", 1],
    ] as const;
    expect(edited(before, ...edits.map((path) => remove(path)))).toBe(yaml`
      jobs:
        a:
          runs-on: x
        b:
          needs:
          - a
        c:
          needs: [a]
    `);
  });

  test("tabs before and in comments stay", () => {
    expect(edited("a: 1\t#\tx\nb: 2\n", remove([0, "b"]))).toBe("a: 1\t#\tx\n");
    expect(edited("a: 1\t#\tx\n", set([0, "a"], 2))).toBe("a: 2\t#\tx\n");
  });

  test("documents between --- and ... keep their marks", () => {
    expect(edited("--- # one\na: 1\nb: 2\n...\n--- # two\nc: 3\nd: 4\n", remove([0, "b"]), remove([1, "c"]))).toBe(
      "--- # one\na: 1\n...\n--- # two\nd: 4\n",
    );
  });

  test("an empty value before --- is lossless", () => {
    expect(edited("a:\n\n---\nb: 1\nc: 2\n", remove([1, "b"]))).toBe("a:\n\n---\nc: 2\n");
  });

  test("a value that carries an anchor keeps it, one that is used elsewhere is left alone", () => {
    expect(edited("a: &x 1\n", set([0, "a"], 2))).toBe("a: &x 2\n");
    expect(refusals("a: &x 1\nb: *x\n", set([0, "a"], 2))).toEqual(["anchor-in-use"]);
  });

  test("a file without edits is the same bytes, and nothing is listed", () => {
    const source = "\uFEFFa:   1\t# x \r\nb: [ ]\n\n\n";
    expect(apply(source)).toMatchObject({ ok: true, text: source, splices: [], removedComments: [], absorbed: [] });
  });
});

test("the view names every place of a file", () => {
  const file = open("a: é # x\nb:\n  - c: [1, 0x10, ~, '2']\n    d: &n !!str 3\n---\n? [k]\n: *m\n");
  expect([...file.walk()].map(({ path }) => path.join("/"))).toEqual([
    "0/a",
    "0/b",
    "0/b/0",
    "0/b/0/c",
    "0/b/0/c/0",
    "0/b/0/c/1",
    "0/b/0/c/2",
    "0/b/0/c/3",
    "0/b/0/d",
    "1/[k]",
  ]);
  expect(file.toJS()).toEqual({ a: "é", b: [{ c: [1, 16, null, "2"], d: "3" }] });
  expect(file.node([0, "b", 0, "d"])).toMatchObject({ anchor: "n", tag: "!!str", text: "3", style: "plain" });
  const d = file.at([0, "b", 0, "d"]);
  expect(d && file.text.slice(d.span.start, d.span.end)).toBe("d: &n !!str 3");
  expect(d && file.lineColumn(d.span.start)).toEqual({ line: 4, column: 5 });
  expect(file.byteOffset(5)).toBe(6);
  expect(file.comments).toMatchObject([{ text: " x", line: 1, ownLine: false, span: { start: 5, end: 8 } }]);
});

test("plain data applies merges, and an own key wins", () => {
  const file = open("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse:\n  <<: [*b, *m]\n  x: 9\n__proto__: {a: 1}\n");
  const data = file.toJS() as Record<string, unknown>;
  expect(data.use).toEqual({ x: 9, y: 2, z: 4 });
  expect(Object.keys(data)).toContain("__proto__");
  expect(({} as Record<string, unknown>).a).toBeUndefined();
});
