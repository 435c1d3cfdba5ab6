import { describe, expect, test } from "vitest";
import { commentDifference, removedComments, splicedComments } from "../src/check/comments.ts";
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
