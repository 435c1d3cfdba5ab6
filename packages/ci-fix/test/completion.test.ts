import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectedNext } from "../src/completion/words.ts";
import { createProgram } from "../src/program.ts";
import { bundle, ciFix, emptyFolder, repositoryWith } from "./command-line.ts";

const stream = { write: () => true, on: () => undefined };
const program = createProgram({ env: {}, stdout: stream, stderr: stream, cwd: () => "/" }, false, () => {});
const next = (...words: readonly string[]): ReturnType<typeof expectedNext> => expectedNext(program, words);
const valuesAt = (...words: readonly string[]): string[] => next(...words).words.map(({ value }) => value);

describe("what can come next", () => {
  it("commands and files at the start, and below a command its own", () => {
    expect(valuesAt("")).toEqual(expect.arrayContaining(["scan", "check", "register", "init"]));
    expect(valuesAt("")).not.toContain("complete");
    expect(next("").paths).toBe("files");
    expect(valuesAt("register", "")).toEqual(["show", "update", "accept", "defer"]);
    expect(next("check", "")).toMatchObject({ words: [], paths: "none" });
  });

  it("options of the command, but no value of another", () => {
    expect(valuesAt("check", "--")).toEqual(expect.arrayContaining(["--base", "--head", "--color"]));
    expect(valuesAt("check", "--")).not.toContain("--risk");
    expect(valuesAt("scan", "--", "-")).toEqual([]);
  });

  it.each([
    [["--format", ""], ""],
    [["check", "--format=g"], "--format="],
  ])("choices of an option: %j", (words, prefix) => {
    expect(valuesAt(...words)).toEqual(expect.arrayContaining(["json", "github"]));
    expect(next(...words).prefix).toBe(prefix);
  });

  it("paths where an option or a command takes them", () => {
    expect(next("-C", "").paths).toBe("folders");
    expect(next("scan", "a.yml", "").paths).toBe("files");
    expect(next("prove", "--check", "").paths).toBe("files");
    expect(next("check", "--base", "").paths).toBe("none");
  });

  it("ids and classes, also as the next of a list", () => {
    expect(next("rollback", "M03-R01,M")).toMatchObject({ lookup: "risks", prefix: "M03-R01," });
    expect(next("--risk=M03-R01,")).toMatchObject({ lookup: "risks", prefix: "--risk=M03-R01," });
    expect(next("register", "accept", "")).toMatchObject({ lookup: "risks" });
    expect(next("explain", "")).toMatchObject({ lookup: "classes" });
    expect(next("-C", "elsewhere", "prove", "")).toMatchObject({ lookup: "risks", folder: "elsewhere" });
  });

  it("knows the value of an option from an argument", () => {
    expect(next("--format", "json", "").paths).toBe("files");
    expect(next("--verbose", "register", "")).toMatchObject({ words: [{}, {}, {}, {}] });
    expect(next("--format=json", "register", "")).toMatchObject({ words: [{}, {}, {}, {}] });
  });
});

const register = 'version: 1\nrisks:\n  - { id: M03-R07, title: "It\'s \\e[31mred: always", file: a.yml }\n';
const folder = repositoryWith({ ".ci-fix/register.yml": register, "notes/todo.txt": "" });

describe("ci-fix complete", () => {
  it("gives the risks of the register, with their titles made safe", () => {
    expect(ciFix(folder, ["complete", "--", "rollback", "M03"])).toEqual({
      code: 0,
      stdout: "M03-R07\tIt's \\x1b[31mred: always (open)\n:none\n",
      stderr: "",
    });
    expect(ciFix(emptyFolder(), ["complete", "--", "-C", folder, "prove", "M"]).stdout).toContain("M03-R07\t");
  });

  it("says nothing where the register cannot be read, or there is none", () => {
    const broken = repositoryWith({ ".ci-fix/register.yml": "risks: [" });
    for (const where of [broken, emptyFolder()])
      expect(ciFix(where, ["complete", "--", "prove", ""])).toEqual({ code: 0, stdout: ":none\n", stderr: "" });
  });
});

/** A folder with `ci-fix` in it, before all others in the path. */
function pathWithCiFix(): string {
  const bin = emptyFolder();
  writeFileSync(join(bin, "ci-fix"), `#!/bin/sh\nexec "${process.execPath}" "${bundle}" "$@"\n`);
  chmodSync(join(bin, "ci-fix"), 0o755);
  return `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
}

const PATH = pathWithCiFix();
const has = (name: string): boolean => spawnSync(name, ["-c", "exit 0"]).status === 0;

function shell(
  name: string,
  args: readonly string[],
  script: string,
): { readonly stdout: string; readonly stderr: string } {
  const env = { ...process.env, PATH, TERM: "dumb", HOME: emptyFolder() };
  const { stdout, stderr } = spawnSync(name, [...args, script], {
    cwd: folder,
    encoding: "utf8",
    env,
    timeout: 50_000,
  });
  return { stdout, stderr };
}

describe("in a real shell", () => {
  const completed = (words: string): string =>
    `COMP_WORDS=(ci-fix ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _ci_fix 2>/dev/null; printf '<%s>' "\${COMPREPLY[@]}"; echo\n`;

  it.skipIf(!has("bash"))("bash: words, options, a list behind =, sourced twice, and nothing evaluated", () => {
    const setUp = 'eval "$(ci-fix completion bash)"; eval "$(ci-fix completion bash)"\n';
    const asked = ["reg", "register up", "--risk = M03", "check --format = g", `scan '$(touch pwned)'`];
    const { stdout, stderr } = shell(
      "bash",
      ["--norc", "-c"],
      setUp + asked.map(completed).join("") + "ls pwned 2>/dev/null",
    );
    expect({ stdout, stderr }).toEqual({ stdout: "<register>\n<update>\n<M03-R07>\n<github>\n<>\n", stderr: "" });
  });

  it.skipIf(!has("fish"))("fish: words, options, ids, and paths where they fit", () => {
    mkdirSync(join(folder, "notes"), { recursive: true });
    const asked = ["ci-fix reg", "ci-fix check --ba", "ci-fix --risk=M", "ci-fix scan no", "ci-fix check no"];
    const { stdout, stderr } = shell(
      "fish",
      ["--no-config", "-c"],
      `ci-fix completion fish | source\n${asked.map((line) => `complete -C '${line}'`).join("\n")}`,
    );
    expect(stderr).toBe("");
    expect(stdout.split("\n").map((line) => line.split("\t")[0])).toEqual([
      "register",
      "--base",
      "--risk=M03-R07",
      "notes/",
      "",
    ]);
  });

  it.skipIf(!has("zsh"))("zsh: words, options, ids, and paths where they fit", () => {
    // What the completion system is given stands for its menu, which needs a terminal.
    const given = '_describe() { print -rl -- "$found[@]"; }; _files() { print -r -- "paths $*"; }; compdef() {}\n';
    const asked = ["reg", "explain unus", "--risk=M", "scan no", "-C no", "check \\'a", "scan '$(touch pwned)'"];
    const lines = asked.map((line) => `words=(ci-fix ${line}); CURRENT=$#words; _ci_fix\n`);
    const script = `${given}eval "$(ci-fix completion zsh)"\n${lines.join("")}[ ! -e pwned ]\n`;
    const { stdout, stderr } = shell("zsh", ["-f", "-c"], script);
    expect(stderr).toBe("");
    expect(stdout.trimEnd().split("\n")).toEqual([
      "register:the risks and their ids: show, update, accept, defer",
      expect.stringMatching(/^unused-exception:/),
      "--risk=M03-R07:It's \\x1b[31mred: always (open)",
      "paths ",
      "paths -/",
      "paths",
    ]);
  });
});

it("there is a script for each shell, and a hint for others", () => {
  for (const name of ["bash", "zsh", "fish", "powershell"]) {
    const { code, stdout } = ciFix(folder, ["completion", name]);
    expect({ code, first: stdout.split("\n")[0] }).toMatchObject({ code: 0 });
    expect(stdout).toContain("ci-fix complete -- ");
  }
  const { code, stderr } = ciFix(folder, ["completion", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Allowed choices are bash, zsh, fish, powershell");
});
