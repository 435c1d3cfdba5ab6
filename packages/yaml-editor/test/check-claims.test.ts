import { describe, expect, test } from "vitest";
import type { Edit, Path } from "../src/index.ts";
import type { Purpose } from "../src/plan/splice.ts";
import { apply, remove } from "./harness.ts";
import { planOf, set, verdict, verdictOf } from "./verdict.ts";

const insertNew = (path: Path, key: string, after: string): Edit => ({
  kind: "insert-key",
  path,
  key,
  value: 1,
  after,
});
const remark = (path: Path): Edit => ({ kind: "comment-above", path, lines: ["why"] });

describe("a claim that is right but for one thing is refused:", () => {
  test.each<[string, string, readonly Edit[], string, string, string]>([
    [
      "of two edits, one was not made",
      "a: {b: 1}\nc: 1\n",
      [set([0, "a", "b"], 2), set([0, "c"], 3)],
      "a: {b: 2}\nc: 3\n",
      "a: {b: 1}\nc: 3\n",
      "a.b: not the value that was to be set",
    ],
    [
      "beside a new comment, a value changed",
      "a: 1\nb: 1\n",
      [remark([0, "b"])],
      "a: 1\n# why\nb: 1\n",
      "a: 1\n# why\nb: 2\n",
      "b: the scalar changed",
    ],
    [
      "an alias names the new node",
      "a: &x 1\nb: *x\n",
      [insertNew([0], "new", "a")],
      "a: &x 1\nnew: 1\nb: *x\n",
      "a: &x 1\nnew: &x 1\nb: *x\n",
      "b: the alias names another node",
    ],
    [
      "the next document was taken for the new key",
      "a: 1\nb: 1\n---\nc: 1\n",
      [insertNew([0], "c", "b")],
      "a: 1\nb: 1\nc: 1\n---\nc: 1\n",
      "a: 1\nb: 1\nc: 1\n",
      "the number of documents would change",
    ],
    [
      "a line break at the very end is missing",
      "a: 1\nb: |+\n  x\n",
      [{ kind: "replace-in-scalar", path: [0, "b"], start: 0, end: 1, text: "y\n" }],
      "a: 1\nb: |+\n  y\n\n",
      "a: 1\nb: |+\n  y\n",
      "b: not the value that was to be set",
    ],
    [
      "a line break in the indentation gives a key another column",
      "a:\n    b: 1\n    c: 1\nd: 1\n",
      [{ kind: "comment-at", path: [0, "a", "c"], text: "x" }],
      "a:\n    b: 1\n    c: 1 # x\nd: 1\n",
      "a:\n    b: 1\n \n  c: 1 # x\nd: 1\n",
      "the result cannot be read",
    ],
    [
      "of the key that was to go, a letter is left before the next",
      "a: 1\nb: 1\nc: 1\nd: 1\n",
      [remove([0, "c"])],
      "a: 1\nb: 1\nd: 1\n",
      "a: 1\nb: 1\ncd: 1\n",
      "d: the scalar changed",
    ],
  ])("%s", (...row) => {
    const [, source, edits, right, wrong, message] = row;
    expect(verdict(source, edits, right)).toBe("accepted");
    expect(verdict(source, edits, wrong)).toMatchObject({ message: expect.stringContaining(message) });
  });
});

describe("of the bytes, the check sees", () => {
  const edits = [set([0, "a"], 2)];

  test("one outside the splices", () => {
    expect(verdict("a: 1\nb: x\n", edits, "a: 2\nb: x\n", "a: 2\nb: y\n")).toMatchObject({
      code: "check-failed",
      message: "bytes outside the edits would change",
    });
    expect(verdict("b: x\na: 1\n", edits, "b: x\na: 2\n", "b: y\na: 2\n")).toMatchObject({ code: "check-failed" });
    expect(verdict("a: 1\nb: x\n", edits, "a: 2\nb: x\n", "a: 2\nb: x\n\n")).toMatchObject({ code: "check-failed" });
    expect(verdict("a: 1\nb: x\n", edits, "a: 2\nb: x\n", "a: 2\nb: x")).toMatchObject({ code: "check-failed" });
  });

  test("splices that lie in each other, or beyond the end of the file", () => {
    const plan = planOf("a: 1\n", edits);
    const text = "a: 2\n";
    expect(verdictOf(plan, text, text, [{ start: 3, end: 4, text: "2" }])).toBe("accepted");
    const code = "check-failed";
    const twice = [
      { start: 0, end: 4, text: "a: 2" },
      { start: 3, end: 4, text: "" },
    ];
    expect(verdictOf(plan, text, text, twice)).toMatchObject({ code });
    const far = [
      { start: 3, end: 4, text: "2" },
      { start: 9, end: 9, text: "" },
    ];
    expect(verdictOf(plan, text, text, far)).toMatchObject({ code });
  });

  test("that the text is another, though it means the same", () => {
    const otherText = { code: "cannot-represent", message: "the new text cannot be written as UTF-8" };
    expect(verdict("a: 1\n", edits, "a:  2\n", "a: 2 \n")).toEqual(otherText);
    expect(verdict("b: 1\na: 1\n", edits, "b: 1\na:  2\n", "b: 1\na: 2 \n")).toEqual(otherText);
  });

  test("half a character, which UTF-8 cannot hold", () => {
    expect(verdict("a: 1\n", [set([0, "a"], "\ud800")], "a: \ud800\n")).toMatchObject({ code: "cannot-represent" });
  });

  test("a character that a file may only have as an escape, where it is new", () => {
    const wrong = verdict("a: 1\n", [set([0, "a"], "\u0007")], "a: \u0007\n");
    expect(wrong).toEqual({
      code: "cannot-represent",
      message: "the new text holds a character that a file may only have as an escape",
    });
    const kept = apply("a: x\u0007\n", { kind: "replace-in-scalar", path: [0, "a"], start: 0, end: 1, text: "y" });
    expect(kept).toMatchObject({ ok: true, text: "a: y\u0007\n" });
  });

  test("such a character also beside an edit without one, and where the file has one elsewhere", () => {
    const code = "cannot-represent";
    const splices = [
      { start: 3, end: 4, text: "\u0007" },
      { start: 8, end: 9, text: "2" },
    ];
    const plan = planOf("a: 1\nb: 1\n", [set([0, "a"], "\u0007"), set([0, "b"], 2)]);
    const claimed = "a: \u0007\nb: 2\n";
    expect(verdictOf(plan, claimed, claimed, splices)).toMatchObject({ code });
    expect(verdict("a: 1\nb: x\u0007\n", [set([0, "a"], "\u0007")], "a: \u0007\nb: x\u0007\n")).toMatchObject({ code });
  });
});

test("no comment goes with an edit that is not about comments", () => {
  const plan = planOf("a: 1 # x\nb: 1\n", [set([0, "a"], 2)]);
  const over = (purpose: Purpose): ReturnType<typeof verdictOf> =>
    verdictOf({ ...plan, splices: [{ start: 3, end: 8, text: "2", purpose, edit: 0 }] }, "a: 2\nb: 1\n");
  expect(over("content")).toEqual({
    code: "comment-would-change",
    message: "an edit that is not about comments would change one",
  });
  expect(over("comment-at")).toBe("accepted");
});
