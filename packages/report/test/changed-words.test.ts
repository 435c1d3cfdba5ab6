import { describe, expect, it } from "vitest";
import { changedWords, pairLines } from "../src/changed-words.ts";

const text = (parts: readonly { text: string; changed: boolean }[]): string =>
  parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join("");

describe("changedWords", () => {
  it("tells which words differ", () => {
    const pair = changedWords("    if: false && github.ref == 'main'", "    if: github.ref == 'main'")!;
    expect(text(pair.removed)).toBe("    if: [false && ]github.ref == 'main'");
    expect(text(pair.added)).toBe("    if: github.ref == 'main'");
  });

  it("tells nothing of lines that are simply different, or far too long", () => {
    expect(changedWords("runs-on: ubuntu", "timeout: 30")).toBeUndefined();
    expect(changedWords("x".repeat(3000), `${"x".repeat(3000)}y`)).toBeUndefined();
  });
});

describe("pairLines", () => {
  it("pairs each line once, and in order", () => {
    const pairs = pairLines(
      ["name: unit tests", "name: unit test"],
      ["# moved", "name: unit tests", "name: unit tests too"],
    );
    expect([...pairs.keys()]).toEqual(["-0", "+1", "-1", "+2"]);
  });

  it("leaves a rewrite alone", () => {
    const lines = Array.from({ length: 21 }, (_, index) => `name: ${index}`);
    expect(pairLines(lines, lines).size).toBe(0);
  });
});
