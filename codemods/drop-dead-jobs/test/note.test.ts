import { testPolicy } from "@ci-fix/codemod/testkit";
import { readWorkflow, type Job } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { noteFor } from "../src/note.ts";
import { reasonOf } from "../src/reason.ts";

function jobs(text: string): readonly Job[] {
  const read = readWorkflow(".github/workflows/ci.yml", new TextEncoder().encode(`on: push\njobs:\n${text}`));
  return read.ok ? (read.workflow?.jobs ?? []) : [];
}

function note(text: string, removed: readonly string[]): readonly string[] {
  const gone = jobs(text).filter((job) => removed.includes(job.id));
  return noteFor(gone, gone.slice(0, 1), testPolicy);
}

const live = "  linux-test:\n    runs-on: ubuntu-latest\n";

describe("a note", () => {
  it("names the job, when it went, how it was disabled and why", () => {
    expect(note(`${live}  linux-fuzz:\n    if: false # corpus is gone\n`, ["linux-fuzz"])).toEqual([
      "NOTE: linux-fuzz was removed in M04 (2026-02-08). It had been disabled with `if: false` and",
      'comment "corpus is gone". If fuzz CI is needed, re-add as a working job.',
    ]);
  });

  it("keeps a quotation on one line", () => {
    const lines = note(
      `${live}  linux-soak-build:\n    if: false # Has been red for months\n  linux-soak-test:\n    needs: linux-soak-build\n`,
      ["linux-soak-build", "linux-soak-test"],
    );
    expect(lines).toEqual([
      "NOTE: linux-soak-build and linux-soak-test were removed in M04 (2026-02-08). They had been",
      'disabled with `if: false` and comment "Has been red for months". If soak CI is needed,',
      "re-add as a working job.",
    ]);
    expect(lines.every((line) => `  # ${line}`.length <= 96)).toBe(true);
  });

  it("uses no word that other parts of the file use, nor one of many", () => {
    expect(note(`${live}  linux:\n    if: false\n`, ["linux"]).join(" ")).toContain("If this CI is needed");
    expect(note(`${live}  apple-silicon:\n    if: false\n`, ["apple-silicon"]).join(" ")).toContain(
      "If this CI is needed",
    );
    expect(note(`${live}  py39:\n    if: false\n`, ["py39"]).join(" ")).toContain("If this CI is needed");
    expect(note(`${live}    name: Fuzz and test\n  fuzz:\n    if: false\n`, ["fuzz"]).join(" ")).toContain(
      "If this CI is needed",
    );
  });

  it("holds no control characters and wraps what is long", () => {
    const id = "very-".repeat(30);
    const lines = note(`${live}  "${id}\\e[31m":\n    if: false\n`, [`${id}\u001B[31m`]);
    expect(lines.join("\n")).not.toContain("\u001B");
    expect(lines.length).toBeGreaterThan(2);
  });
});

describe("the reason of a dead job", () => {
  it.each([
    [
      "behind the condition",
      "  a:\n    if: false # TODO: enable when the runner is back\n",
      "TODO: enable when the runner is back",
    ],
    [
      "above the condition",
      "  a:\n    runs-on: x\n    # Deprecated,\n    # pending removal\n    if: false\n",
      "Deprecated, pending removal",
    ],
    [
      "above the job, if it is about being off",
      "  b: {}\n  # Disabled: too slow\n  a:\n    if: false\n",
      "Disabled: too slow",
    ],
    ["not a description of the job", "  b: {}\n  # Builds the documentation\n  a:\n    if: false\n", undefined],
    ["not code", "  a:\n    runs-on: x\n    # runs-on: broken\n    if: false\n", undefined],
    ["nothing", "  a:\n    if: false\n", undefined],
  ])("%s", (_where, text, reason) => {
    const job = jobs(text).find((each) => each.id === "a");
    expect(job === undefined ? "no job" : reasonOf(job)).toBe(reason);
  });

  it("is cut when it is very long", () => {
    const [job] = jobs(`  a:\n    if: false # ${"because ".repeat(60)}\n`);
    expect(job === undefined ? "" : reasonOf(job)).toMatch(/^because .{100,155}…$/u);
  });
});
