import { CiFixError } from "@ci-fix/codemod";
import { GitError } from "@ci-fix/git";
import { describe, expect, it } from "vitest";
import { CommandError, explainError, UsageError } from "../src/problems.ts";

describe("explainError", () => {
  it("tells what a codemod, git or the command line threw, with its hint and cause", () => {
    const cause = new Error("EACCES");
    expect(
      explainError(new CiFixError("CI_FIX_UNREADABLE", "x.yml cannot be read", { hint: "chmod it", cause })),
    ).toEqual({
      problem: {
        level: "error",
        code: "CI_FIX_UNREADABLE",
        message: "x.yml cannot be read",
        hint: "chmod it",
        cause: "EACCES",
      },
      exitCode: 3,
    });
    expect(explainError(new UsageError("no such option", "try --help"))).toMatchObject({
      problem: { code: "CI_FIX_USAGE", hint: "try --help" },
      exitCode: 2,
    });
    expect(
      explainError(new CommandError("CI_FIX_EDIT_REFUSED", 4, "no", { file: "a.yml", line: 3 })).problem,
    ).toMatchObject({ file: "a.yml", line: 3 });
  });

  it.each([
    ["CI_FIX_DIRTY_FILE", 4],
    ["CI_FIX_OPERATION_IN_PROGRESS", 4],
    ["CI_FIX_MOVED", 4],
    ["CI_FIX_HOOK_REFUSED", 4],
    ["CI_FIX_NO_GIT", 3],
    ["CI_FIX_NOT_A_REPOSITORY", 4],
    ["CI_FIX_GIT_FAILED", 3],
  ] as const)("ends with the right code for %s", (code, exitCode) => {
    expect(explainError(new GitError(code, "x")).exitCode).toBe(exitCode);
  });

  it.each([
    new TypeError("x is undefined"),
    Object.assign(new Error("no such file"), { code: "ENOENT" }),
    "a string",
    undefined,
  ])("says of anything else (%s) that it is a bug, and where to report it", (thrown) => {
    const { problem, exitCode } = explainError(thrown);
    expect(exitCode).toBe(3);
    expect(problem.code).toBe("CI_FIX_BUG");
    expect(problem.hint).toContain("report it");
  });
});
