import { describe, expect, it } from "vitest";
import { renderDiff } from "../src/diff.ts";
import { createStyle } from "../src/style.ts";

const plain = createStyle({ color: false, width: 80 });
const colored = createStyle({ color: true, width: 80 });
const change = (
  before: string,
  after: string,
  file = ".github/workflows/scorecards.yml",
): Parameters<typeof renderDiff>[0] => ({
  file,
  before: Buffer.from(before),
  after: Buffer.from(after),
});

const guarded =
  "jobs:\n  analysis:\n    # don't run on forks\n    if: false && github.repository == 'acme/engine'\n    runs-on: ubuntu-latest\n";
const restored = guarded.replace("false && ", "");

describe("renderDiff", () => {
  it("is a unified diff without colour", () => {
    expect(renderDiff(change(guarded, restored), plain)).toBe(
      [
        "--- a/.github/workflows/scorecards.yml",
        "+++ b/.github/workflows/scorecards.yml",
        "@@ -1,5 +1,5 @@",
        " jobs:",
        "   analysis:",
        "     # don't run on forks",
        "-    if: false && github.repository == 'acme/engine'",
        "+    if: github.repository == 'acme/engine'",
        "     runs-on: ubuntu-latest",
        "",
      ].join("\n"),
    );
  });

  it("marks the words that go within a changed line", () => {
    const lines = renderDiff(change(guarded, restored), colored).split("\n");
    const inverse = (text: string): string => `\u001b[31m\u001b[7m${text}\u001b[27m\u001b[39m`;
    expect(lines.find((line) => line.includes("false"))).toContain(inverse("false && "));
    expect(lines.find((line) => line.startsWith("\u001b[32m+"))).not.toContain("\u001b[7m");
  });

  it("finds which line became which where their numbers differ", () => {
    const before = "      - run: make test\n        continue-on-error: true # the mirror is slow\n";
    const after =
      "      - run: make test\n        # The mirror is slow: see the register.\n        continue-on-error: true\n";
    const lines = renderDiff(change(before, after), colored).split("\n");
    expect(lines.filter((line) => line.includes("\u001b[7m"))).toEqual([
      "\u001b[31m-\u001b[39m\u001b[31m        continue-on-error: true\u001b[39m\u001b[31m\u001b[7m # the mirror is slow\u001b[27m\u001b[39m",
    ]);
  });

  it("marks no words in lines that have little in common", () => {
    const text = renderDiff(change("if: false\n", "# removed in M04: see the register\n"), colored);
    expect(text).not.toContain("\u001b[7m");
  });

  it("hides carriage returns where all lines have one, and shows a stray one", () => {
    const windows = (text: string): string => text.replaceAll("\n", "\r\n");
    expect(renderDiff(change(windows(guarded), windows(restored)), plain)).toBe(
      renderDiff(change(guarded, restored), plain),
    );
    expect(renderDiff(change(guarded, restored.replace("engine'\n", "engine'\r\n")), plain)).toContain("engine'\\r\n");
  });

  it("shows carriage returns that go", () => {
    expect(renderDiff(change("on: push\r\n", "on: push\n"), plain)).toContain("-on: push\\r\n+on: push\n");
  });

  it("says where a final newline is missing", () => {
    expect(renderDiff(change("on: push\nif: false", "on: push"), plain)).toBe(
      "--- a/.github/workflows/scorecards.yml\n+++ b/.github/workflows/scorecards.yml\n@@ -1,2 +1,1 @@\n-on: push\n-if: false\n\\ No newline at end of file\n+on: push\n\\ No newline at end of file\n",
    );
  });

  it("shows hostile content and names, and acts on none of it", () => {
    const text = renderDiff(change("name: \u001b[2Jx\u202e\n", "name: x\n", "a\u001b]0;owned\u0007.yml"), plain);
    expect(text).toContain("--- a/a\\x1b]0;owned\\x07.yml");
    expect(text).toContain("-name: \\x1b[2Jx\\u202e");
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  it("is empty when nothing changes", () => expect(renderDiff(change(guarded, guarded), plain)).toBe(""));
});
