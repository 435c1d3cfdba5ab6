import { describe, expect, test } from "vitest";
import { commentDifference, endangeredComment, removedComments, splicedComments } from "../src/check/comments.ts";
import { type Purpose, RANKS, type Splice } from "../src/plan/splice.ts";
import { open } from "./harness.ts";

const before = open("a: 1 # one\n# two\nb: 2 # one\n").comments;

describe("the check of comments", () => {
  test("is content where all are there, also in another order", () => {
    expect(commentDifference(before, [], [], before.toReversed())).toBeUndefined();
    expect(
      commentDifference(before, before.slice(0, 1), ["new"], open("a: 1\n# two\n# new\nb: 2 # one\n").comments),
    ).toBeUndefined();
  });

  test("sees a comment that was swallowed", () => {
    expect(commentDifference(before, [], [], before.slice(1))).toContain("# one");
  });

  test("sees text that became a comment", () => {
    expect(commentDifference(before.slice(1), [], [], before)).toContain("# one");
  });

  test("sees a comment that was to be written and is not there", () => {
    expect(commentDifference(before, [], ["new"], before)).toContain("# new");
  });

  test("counts comments of the same text one by one", () => {
    const spliced = splicedComments(before, [
      { start: 0, end: 11 },
      { start: 20, end: 29 },
    ]);
    expect(spliced.map(({ line }) => line)).toEqual([1, 3]);
    expect(removedComments(spliced, ["one"]).map(({ line }) => line)).toEqual([3]);
  });
});

describe("a comment that an edit would change", () => {
  const splice = (start: number, end: number, purpose: Purpose): Splice => ({ start, end, text: "", purpose, edit: 0 });

  test.each(RANKS)("is seen where the edit is of the kind %s", (purpose) => {
    const isAboutComments = ["comment-at", "comment-above", "delete"].includes(purpose);
    expect(endangeredComment(before, [splice(3, 11, purpose)])?.line).toBe(isAboutComments ? undefined : 1);
  });

  test("is seen where the edit reaches into it, and not beside it", () => {
    const [first] = before;
    expect(first?.span).toEqual({ start: 5, end: 10 });
    expect(endangeredComment(before, [splice(3, 6, "content")])).toBe(first);
    expect(endangeredComment(before, [splice(9, 11, "content")])).toBe(first);
    expect(endangeredComment(before, [splice(3, 5, "content"), splice(10, 11, "content")])).toBeUndefined();
  });

  test("is the first in the file, in whatever order the edits come", () => {
    const [one, two, three] = [splice(5, 10, "content"), splice(11, 16, "content"), splice(17, 29, "content")];
    expect(endangeredComment(before, [three, two, one])?.line).toBe(1);
    expect(endangeredComment(before, [three, one, two])?.line).toBe(1);
  });
});
