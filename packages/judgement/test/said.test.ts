import { describe, expect, it } from "vitest";
import { commentsAt, reasonIn } from "../src/scripted/said.ts";

describe("a reason why a failure does not count", () => {
  it.each([
    "flaky on arm",
    "see https://example.org/1",
    "not supported yet on Windows",
    "known issue #12",
    "informational only",
    "do not fail the build",
    "exit-zero treats all errors as warnings",
  ])("%s", (text) => expect(reasonIn(text)).toBe(text));

  it.each(["tests failed", "lint finished with problems", "run the tests", "check the types", "done"])(
    "none in: %s",
    (text) => expect(reasonIn(text)).toBeUndefined(),
  );
});

describe("the comments at a place of a script", () => {
  const text = "#!/bin/sh\n\n# one\n  # two\nmake test || true  # three\nmake lint\n";

  it("stand above it and behind it", () => {
    const start = text.indexOf("make test");
    expect(commentsAt(text, { start, end: start + "make test || true".length })).toEqual(["three", "two", "one"]);
    const lint = text.indexOf("make lint");
    expect(commentsAt(text, { start: lint, end: lint + 9 })).toEqual([]);
  });
});
