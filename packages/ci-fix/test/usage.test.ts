import { describe, expect, it } from "vitest";
import { ciFix, emptyFolder } from "./command-line.ts";

const folder = emptyFolder();

describe("a wrong command line ends with 2, says what is wrong and what was meant", () => {
  it.each([
    [
      "a mistyped command",
      "regsiter update",
      'no command, file or folder "regsiter"',
      "did you mean `ci-fix register`?",
    ],
    ["a path that is not there", "workflows/x.yml", 'no command, file or folder "workflows/x.yml"', "ci-fix --help"],
    [
      "a mistyped command of the register",
      "register updaet",
      'no command "updaet"',
      "did you mean `ci-fix register update`?",
    ],
    ["a mistyped option", "--rsik M03-R01", "unknown option '--rsik'", "did you mean --risk?"],
    [
      "a mistyped option of a command",
      "rollback M03-R01 --comit",
      "unknown option '--comit'",
      "did you mean --commit?",
    ],
    ["a mistyped class", "--class soft-fail-stepp", 'no class "soft-fail-stepp"', "did you mean soft-fail-step?"],
    [
      "a mistyped class to explain",
      "explain soft-fail-stpe",
      'no class "soft-fail-stpe"',
      "did you mean `ci-fix explain soft-fail-step`?",
    ],
    ["an option without its value", "--risk", "'--risk <ids>' argument missing", "ci-fix --help"],
    ["an empty list of ids", "--risk ,", "--risk is empty", "such as M03-R04"],
    ["a missing id", "rollback", "missing required argument 'ids'", "ci-fix rollback --help"],
    ["a missing reason", "register accept M03-R01", "required option '--reason <text>'", "ci-fix register --help"],
    ["a format that is not there", "--format xml", "argument 'xml' is invalid", "ci-fix --help"],
    ["a severity that is not there", "--fail-on huge", "argument 'huge' is invalid", "ci-fix --help"],
    ["two ways to land", "--all --write --commit", "--write and --commit exclude each other", "one of them"],
    ["two ways to choose", "--risk M03-R01 --all", "--risk and --all exclude each other", "name the risks"],
    ["nothing to land", "--commit", "--commit needs to know what to fix", "ci-fix --risk ID --commit"],
    ["hooks without a commit", "--all --run-hooks", "--run-hooks goes with --commit", ""],
    ["JSON of a commit", "--all --commit --format json", "--format json does not go with --commit", ""],
    ["SARIF of a patch", "--all --patch --format sarif", "--format sarif does not go with --patch", "before or after"],
    ["a date that is none", "--date 2026-02-30", '"2026-02-30" is not a date', "2026-02-08"],
    ["a folder that is not there", "-C nowhere", 'no folder "nowhere"', ""],
    [
      "an option before the command",
      "--date 2026-02-08 rollback M03-R01",
      "--date stands before the command",
      "ci-fix rollback --help",
    ],
    ["too many words", "explain soft-fail-step dead-job", "too many arguments", "ci-fix explain --help"],
  ])("%s", (_what, line, message, hint) => {
    const { code, stdout, stderr } = ciFix(folder, line.split(" "));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const told = stderr.replaceAll(/\s+/g, " ");
    expect(told).toMatch(/^error\[CI_FIX_USAGE\]: /);
    expect(told).toContain(message);
    expect(told).toContain(hint);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("shows where it was thrown when asked to", () => {
    expect(ciFix(folder, ["--risk", ","], { CI_FIX_DEBUG: "1" }).stderr).toMatch(/\n\s+at .*\.mjs:\d+/);
  });
});
