import { describe, expect, test } from "vitest";
import { edited, refusals, remove, yaml } from "./harness.ts";

describe("inside a line", () => {
  test("one comma goes, whichever side", () => {
    const before = "needs: [build, lint, docs]\n";
    expect(edited(before, remove([0, "needs", 0]))).toBe("needs: [lint, docs]\n");
    expect(edited(before, remove([0, "needs", 1]))).toBe("needs: [build, docs]\n");
    expect(edited(before, remove([0, "needs", 2]))).toBe("needs: [build, lint]\n");
  });

  test("neighbours go together", () => {
    const before = "needs: [build, lint, docs]\n";
    expect(edited(before, remove([0, "needs", 1]), remove([0, "needs", 2]))).toBe("needs: [build]\n");
    expect(edited(before, remove([0, "needs", 0]), remove([0, "needs", 2]))).toBe("needs: [lint]\n");
  });

  test("a trailing comma stays a trailing comma", () => {
    expect(edited("needs: [a, b,]\n", remove([0, "needs", 1]))).toBe("needs: [a,]\n");
    expect(edited("x: 1\nneeds: [a,]\n", remove([0, "needs", 0]))).toBe("x: 1\n");
    expect(edited("- [a,]\n- b\n", remove([0, 0, 0]))).toBe("- b\n");
  });

  test("the last of a line goes, and the next line stays where it is", () => {
    const before = "with: { a: 1, b: 2,\n        c: 3 }\n";
    expect(edited(before, remove([0, "with", "b"]))).toBe("with: { a: 1,\n        c: 3 }\n");
    expect(edited(before, remove([0, "with", "a"]))).toBe("with: { b: 2,\n        c: 3 }\n");
  });

  test("a comment before the bracket of a CRLF file does not hold the search for a comma", () => {
    const before = "needs: [\r\n  build,\r\n  lint # slow\r\n]\r\n";
    expect(edited(before, remove([0, "needs", 1]))).toBe("needs: [\r\n  build\r\n]\r\n");
  });

  test("a map loses an entry and its neighbours keep their bytes", () => {
    const before = "with: {a: 1,  b: '2',c: \"3\"}  # kept\n";
    expect(edited(before, remove([0, "with", "b"]))).toBe('with: {a: 1,  c: "3"}  # kept\n');
  });

  test("a note has no place there", () => {
    expect(refusals("needs: [a, b]\n", remove([0, "needs", 0], ["a went"]))).toEqual(["cannot-represent"]);
  });
});

describe("on lines of their own", () => {
  const before = yaml`
    needs: [
      build, # compiles
      # The slow one.
      lint,
      docs # prose
    ]
  `;

  test("whole lines go, with their comments", () => {
    expect(edited(before, remove([0, "needs", 1]))).toBe("needs: [\n  build, # compiles\n  docs # prose\n]\n");
    expect(edited(before, remove([0, "needs", 0]))).toBe("needs: [\n  # The slow one.\n  lint,\n  docs # prose\n]\n");
  });

  test("the comma of the item before the last goes too", () => {
    expect(edited(before, remove([0, "needs", 2]))).toBe(
      "needs: [\n  build, # compiles\n  # The slow one.\n  lint\n]\n",
    );
  });

  test("a comma behind the last item stays a comma behind the last item", () => {
    expect(edited("needs: [\n  a,\n  b,\n]\n", remove([0, "needs", 1]))).toBe("needs: [\n  a,\n]\n");
    expect(edited("needs: [\n  a, # x, y\n  b # z\n]\n", remove([0, "needs", 1]))).toBe("needs: [\n  a # x, y\n]\n");
  });

  test("a note stands on lines of its own", () => {
    expect(edited(before, remove([0, "needs", 1], ["lint went"]))).toBe(
      "needs: [\n  build, # compiles\n  # lint went\n  docs # prose\n]\n",
    );
  });

  test("a comment that would swallow the bracket stays where it is", () => {
    expect(edited("needs: [a, # first\n  b]\n", remove([0, "needs", 0]))).toBe("needs: [b]\n");
    expect(refusals("needs: [a, # first\n  b]\n", remove([0, "needs", 1]))).toEqual(["comment-would-change"]);
  });
});
