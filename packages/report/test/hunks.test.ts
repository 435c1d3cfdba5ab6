import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatPatch } from "diff";
import { describe, expect, it } from "vitest";
import { findHunks, hunkHeader } from "../src/hunks.ts";

const jobs = (names: readonly string[]): string =>
  names.map((name) => `  ${name}:\n    runs-on: ubuntu-latest\n`).join("");

describe("findHunks", () => {
  it("finds nothing between equal texts", () => expect(findHunks("on: push\n", "on: push\n")).toEqual([]));

  it("names the lines in the header as git does", () => {
    const before = `jobs:\n${jobs(["lint", "unit", "docs", "release"])}`;
    const after = `jobs:\n${jobs(["lint", "docs", "release"])}`;
    expect(findHunks(before, after).map(hunkHeader)).toEqual(["@@ -1,8 +1,6 @@"]);
  });

  it("names the line before an empty range", () => {
    expect(findHunks("on: push\n", "").map(hunkHeader)).toEqual(["@@ -1,1 +0,0 @@"]);
    expect(findHunks("", "on: push\n").map(hunkHeader)).toEqual(["@@ -0,0 +1,1 @@"]);
  });

  it("answers with one hunk that git applies when there is no time left", () => {
    const before = `jobs:\n${jobs(Array.from({ length: 4000 }, (_, index) => `old-${index}`))}  last:\n    if: false`;
    const after = `jobs:\n${jobs(Array.from({ length: 4000 }, (_, index) => `new-${index}`))}  last:\n    if: false`;
    const hunks = findHunks(before, after, 0);
    expect(hunks.map(hunkHeader)).toEqual(["@@ -1,8003 +1,8003 @@"]);
    const folder = mkdtempSync(join(tmpdir(), "ci-fix-hunks-"));
    try {
      writeFileSync(join(folder, "x.yml"), before);
      const patch = formatPatch({
        oldFileName: "a/x.yml",
        newFileName: "b/x.yml",
        oldHeader: undefined,
        newHeader: undefined,
        isGit: true,
        hunks: hunks.map(({ lines, ...range }) => Object.assign(range, { lines: [...lines] })),
      });
      execFileSync("git", ["apply"], { cwd: folder, input: patch });
      expect(readFileSync(join(folder, "x.yml"), "utf8")).toBe(after);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
