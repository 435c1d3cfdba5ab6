import { spawn } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle, ciFix, emptyFolder, repositoryWith, write } from "./command-line.ts";
import { guarded, path, repaired, scorecard } from "./guarded-repository.ts";

describe("scan", () => {
  it("shows what is found, sums it up and ends with 1", () => {
    const { code, stdout, stderr } = ciFix(repositoryWith({ [path]: guarded }), []);
    expect(code).toBe(1);
    expect(stderr).toBe("");
    expect(stdout).toContain(`--> ${path}:10:9\n`);
    expect(stdout).toContain("10 |         continue-on-error: true\n   |         ^^^^^^^^^^^^^^^^^^^^^^^\n");
    expect(stdout).toMatch(/\n1 silent failure in 1 of 1 CI file: 1 high\n$/);
  });

  it("ends with 0 and says so when there is nothing", () => {
    expect(ciFix(repositoryWith({ [path]: repaired }), ["scan"])).toEqual({
      code: 0,
      stdout: "nothing to do in 1 CI file\n",
      stderr: "",
    });
  });

  it("works in a folder that is no repository, and without any CI file", () => {
    const folder = emptyFolder();
    expect(ciFix(folder, [])).toEqual({ code: 0, stdout: "no CI files here\n", stderr: "" });
    write(folder, path, guarded);
    expect(ciFix(folder, []).code).toBe(1);
  });

  it("works from a folder below the root, with paths as they are seen from there, and with -C", () => {
    const folder = repositoryWith({ [path]: guarded, ".github/workflows/scorecard.yml": scorecard });
    const there = join(folder, ".github");
    expect(ciFix(there, []).stdout).toContain("2 silent failures in 2 of 2");
    expect(ciFix(there, ["workflows/unit.yml"]).stdout).toContain("1 silent failure in 1 of 1");
    expect(ciFix(emptyFolder(), ["-C", folder, path]).stdout).toContain("1 silent failure in 1 of 1");
    expect(ciFix(there, ["../../elsewhere"]).code).toBe(2);
  });

  it.each([
    ["low", 1],
    ["high", 1],
    ["critical", 0],
    ["none", 0],
  ])("with --fail-on %s ends with %i for a high risk", (severity, code) => {
    expect(ciFix(repositoryWith({ [path]: guarded }), ["--fail-on", severity]).code).toBe(code);
  });

  it("goes on when a file cannot be read, and counts that as a risk", () => {
    const folder = repositoryWith({
      [path]: repaired,
      ".github/workflows/broken.yml": "on: push\njobs: [\ncontinue-on-error: true\n",
    });
    const { code, stdout, stderr } = ciFix(folder, []);
    expect(code).toBe(1);
    expect(stdout).toBe("nothing to do in 2 CI files; 1 file could not be read\n");
    expect(stderr).toMatch(/^warning\[[\w-]+\]: .+\n(?: {2}.+\n)* --> \.github\/workflows\/broken\.yml/);
  });

  it("prints JSON that another program can read, and nothing else on stdout", () => {
    const { code, stdout } = ciFix(repositoryWith({ [path]: guarded }), ["scan", "--format", "json"]);
    const [finding] = JSON.parse(stdout).findings;
    expect(code).toBe(1);
    const bytes = Buffer.from(guarded);
    const [edit] = finding.outcome.edits;
    expect(
      Buffer.concat([bytes.subarray(0, edit.start), Buffer.from(edit.text), bytes.subarray(edit.end)]).toString(),
    ).toBe(repaired);
  });
});

describe("colour", () => {
  const folder = repositoryWith({ [path]: guarded });
  it.each([
    ["a pipe", [], {}, false],
    ["a pipe on a CI server", [], { CI: "1" }, false],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR with NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["--color always with NO_COLOR", ["--color", "always"], { NO_COLOR: "1" }, true],
    ["--color never with FORCE_COLOR", ["--color=never"], { FORCE_COLOR: "1" }, false],
  ] as const)("%s", (_what, args, env, colored) => {
    expect(ciFix(folder, args, env).stdout.includes("\u001b[")).toBe(colored);
  });

  it("of an error follows the same rules", () => {
    expect(ciFix(folder, ["--risk", ","], { CI: "1" }).stderr).not.toContain("\u001b[");
    expect(ciFix(folder, ["--risk", ",", "--color=always"]).stderr).toContain("\u001b[");
  });
});

describe("hostile names and words", () => {
  it("never reach the terminal as they are", () => {
    const name = ".github/workflows/evil\u001b[2J\u202e.yml";
    const folder = repositoryWith({
      [name]: guarded.replace("Run tests", '"Run \\e]0;x\\a \\u202e tests"'),
      ".github/workflows/ok.yml": scorecard,
    });
    for (const words of [
      [],
      ["--verbose"],
      ["scan", "--format", "json"],
      ["--all", "--include-review"],
      ["register", "update"],
      ["register"],
      ["--all", "--include-review", "--write"],
    ]) {
      const { stdout, stderr } = ciFix(folder, words);
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
  });

  it("in a mistyped argument are escaped too", () => {
    expect(ciFix(emptyFolder(), ["\u001b[31mx"]).stderr).toContain("\\x1b[31mx");
  });
});

describe("a reader that stops reading", () => {
  it("is no failure", async () => {
    const folder = repositoryWith(
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`.github/workflows/unit-${index}.yml`, guarded])),
    );
    const child = spawn(process.execPath, [bundle], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.once("data", () => child.stdout.destroy());
    let errors = "";
    child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, errors }).toEqual({ code: 1, errors: "" });
  });
});

describe("a link in place of a workflow", () => {
  it("is a warning, and the others go on", () => {
    const folder = repositoryWith({ [path]: guarded });
    symlinkSync("unit.yml", join(folder, ".github/workflows/linked.yml"));
    const { code, stdout, stderr } = ciFix(folder, []);
    expect(code).toBe(1);
    expect(stdout).toContain("1 silent failure in 1 of 2 CI files");
    expect(stderr).toContain("warning[CI_FIX_SYMLINK]");
  });
});
describe("explain", () => {
  it("lists every class that a scan can find, and tells each in full", () => {
    const { stdout } = ciFix(emptyFolder(), ["explain"]);
    const classes = [...stdout.matchAll(/^([a-z-]+) +(?:critical|high|medium|low) +\S/gm)].map(([, name]) => name!);
    expect(classes).toContain("soft-fail-step");
    for (const name of classes) {
      const page = ciFix(emptyFolder(), ["explain", name]);
      expect(page.code).toBe(0);
      expect(page.stdout).toContain(name);
      expect(page.stdout).toMatch(/^(?:Fix safety|Write an exception)$/m);
    }
  });
});
