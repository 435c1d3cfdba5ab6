import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { ciFix, emptyFolder } from "./command-line.ts";

const folder = emptyFolder();
const pages = [
  [],
  ["scan"],
  ["check"],
  ["register"],
  ["register", "show"],
  ["register", "update"],
  ["register", "accept"],
  ["register", "defer"],
  ["rollback"],
  ["audit"],
  ["explain"],
  ["init"],
  ["lsp"],
  ["completion"],
];

describe.each(pages.map((words) => [["ci-fix", ...words].join(" "), words] as const))("%s --help", (name, words) => {
  const { code, stdout, stderr } = ciFix(folder, [...words, "--help"]);

  it("goes to stdout and is no failure", () => expect({ code, stderr }).toEqual({ code: 0, stderr: "" }));

  it("fits 80 columns", () => {
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("says what it is for, how to call it, examples and exit codes", () => {
    expect(stdout).toMatch(/^[A-Z][^\n]+\.\n(?:[^\n]+\n)*\nUsage\n {2}ci-fix/);
    expect(stdout).toMatch(words.length === 0 ? /\nUsage\n(?: {2}ci-fix .*\n){4}/ : /\nExamples\n {2}/);
    expect(stdout).toMatch(/\nExit codes\s+0 /);
  });

  it("has examples that call this command", () => {
    const examples = stdout
      .slice(stdout.indexOf(words.length === 0 ? "\nUsage\n" : "\nExamples\n"))
      .split("\n")
      .filter((line) => line.startsWith("  ci-fix"));
    expect(examples.some((line) => line.trim().startsWith(name))).toBe(true);
  });

  it("is the same under -h", () => expect(ciFix(folder, [...words, "-h"]).stdout).toBe(stdout));
});

describe("the main help", () => {
  const { stdout } = ciFix(folder, ["--help"]);

  it.each(["scan", "check", "register", "rollback", "audit", "explain"])("lists %s", (name) =>
    expect(stdout).toMatch(new RegExp(`\n {2}${name}\\b`)),
  );

  it("fits one screen of 40 lines", () => expect(stdout.trimEnd().split("\n").length).toBeLessThan(40));

  it.each([0, 1, 2, 3, 4])("tells exit code %i", (code) =>
    expect(stdout).toMatch(new RegExp(`(?:Exit codes|·) ${code} \\w`)),
  );

  it("has no colour in a pipe, also on a CI server, and has it when forced", () => {
    expect(ciFix(folder, ["--help"], { CI: "1" }).stdout).toBe(stdout);
    const colored = ciFix(folder, ["--help"], { FORCE_COLOR: "1" }).stdout;
    expect(colored).toContain("\u001b[1mUsage\u001b[22m");
    expect(stripVTControlCharacters(colored)).toBe(stdout);
  });
});

describe("the help of scan", () => {
  const { stdout } = ciFix(folder, ["scan", "--help"]);

  it.each(
    "--risk --class --all --include-review --write --commit --patch --format --fail-on --milestone --date --run-hooks --sign -C --color --verbose --quiet".split(
      " ",
    ),
  )("tells %s", (option) => expect(stdout).toMatch(new RegExp(`\n {2}${option}\\b`)));

  it.each([0, 1, 2, 3, 4])("tells exit code %i", (code) => expect(stdout).toMatch(new RegExp(`\n {2}${code} {2}\\w`)));
});

describe("--version", () => {
  it("is a line of its own", () =>
    expect(ciFix(folder, ["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" }));
});
