import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderPatch } from "../src/patch.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-fix-patch-"));
  execFileSync("git", ["init", "--quiet", folder]);
  execFileSync("git", ["-C", folder, "config", "core.autocrlf", "false"]);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** Writes the files, lets git apply the patch, and reads the files back. */
function applied(changes: readonly Change[]): string[] {
  for (const { file, before } of changes) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), before);
  }
  const patch = renderPatch(
    changes.map(({ file, before, after }) => ({ file, before: Buffer.from(before), after: Buffer.from(after) })),
  );
  if (patch !== "") execFileSync("git", ["-C", folder, "apply", "--whitespace=nowarn"], { input: patch });
  return changes.map(({ file }) => readFileSync(join(folder, file), "utf8"));
}

const before =
  "name: Tests\non: push\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n        continue-on-error: true\n";
const after = before.replace("        continue-on-error: true\n", "");

describe("renderPatch", () => {
  it("reads like git's own", () => {
    expect(
      renderPatch([{ file: ".github/workflows/unit.yml", before: Buffer.from(before), after: Buffer.from(after) }]),
    ).toBe(
      [
        "diff --git a/.github/workflows/unit.yml b/.github/workflows/unit.yml",
        "--- a/.github/workflows/unit.yml",
        "+++ b/.github/workflows/unit.yml",
        "@@ -5,4 +5,3 @@",
        "     runs-on: ubuntu-latest",
        "     steps:",
        "       - run: make test",
        "-        continue-on-error: true",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["line breaks of Windows", before.replaceAll("\n", "\r\n"), after.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${before}`, `\ufeff${after}`],
    ["a byte order mark on the changed line", "\ufeffname: Tests\n", "\ufeffname: Unit tests\n"],
    ["no final newline on either side", before.trimEnd(), after.trimEnd()],
    ["a final newline that goes", before, after.trimEnd()],
    ["a final newline that comes", before.trimEnd(), after],
    [
      "a carriage return inside a line",
      before.replace("make test", "make\rtest"),
      after.replace("make test", "make\rtest"),
    ],
    [
      "a line separator inside a line",
      before.replace("make test", "make\u2028test"),
      after.replace("make test", "make\u2028test"),
    ],
    ["an emptied file", before, ""],
    ["a filled file", "", after],
    ["a removed first line", before, before.replace("name: Tests\n", "")],
  ])("keeps %s", (_what, old, fresh) => {
    expect(applied([{ file: ".github/workflows/unit.yml", before: old, after: fresh }])).toEqual([fresh]);
  });

  it.each([
    ".github/workflows/unit tests.yml",
    ".github/workflows/ leading.yml",
    '.github/workflows/"quoted".yml',
    ".github/workflows/it's.yml",
    ".github/workflows/prüfung-测试.yml",
    ".github/workflows/back\\slash.yml",
    ".github/workflows/tab\there.yml",
    ".github/workflows/line\nbreak.yml",
    ".github/workflows/escape\u001b[31m.yml",
    ".github/workflows/a b/ b.yml",
  ])("names %j so that git finds it", (file) => {
    expect(applied([{ file, before, after }])).toEqual([after]);
  });

  it("holds several files, and leaves out one that does not change", () => {
    const changes = [
      { file: "a.yml", before, after },
      { file: "b c.yml", before: "on: push\n", after: "on: push\n" },
      { file: "d.yml", before: after.trimEnd(), after: before },
      { file: "e.yml", before: "on: push\n", after: "on: [push]\n" },
    ];
    expect(applied(changes)).toEqual(changes.map((change) => change.after));
  });

  it("is empty when nothing changes", () => {
    expect(renderPatch([{ file: "a.yml", before: Buffer.from(before), after: Buffer.from(before) }])).toBe("");
  });

  it("gives git the very bytes, for all kinds of lines", () => {
    const line = fc.constantFrom(
      "on: push",
      "  if: false",
      "",
      "\t",
      " ",
      "-",
      "+x",
      "\\ No newline",
      "é测",
      "--- a/x",
      "@@ -1 +1 @@",
      "\u001b[0m",
      "diff --git a/x b/x",
    );
    const ending = fc.constantFrom("\n", "\r\n", "\n\n");
    const text = fc
      .tuple(fc.array(fc.tuple(line, ending), { maxLength: 14 }), fc.boolean())
      .map(([lines, final]) => lines.map((parts) => parts.join("")).join("") + (final ? "" : "end"));
    fc.assert(
      fc.property(text, text, (old, fresh) => {
        expect(applied([{ file: "x.yml", before: old, after: fresh }])).toEqual([fresh]);
      }),
      { numRuns: 150 },
    );
  });
});
