import { spawn, spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle, ciFix, copyOf, emptyFolder, git, repositoryWith, write } from "./command-line.ts";

const path = ".github/workflows/unit.yml";
const guarded = `name: Unit
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Run tests
        run: pytest tools
        continue-on-error: true
`;
const repaired = guarded.replace("        continue-on-error: true\n", "");
const scorecard = `name: Scorecard
on: push
jobs:
  analysis:
    # not on forks
    if: false && github.repository == 'acme/engine'
    runs-on: ubuntu-latest
    steps:
      - run: scorecard
`;
const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

/** A repository with two risks, M03-R01 and M03-R02, in its register. */
const registered = (): string => copyOf(template());

let made: string | undefined;
function template(): string {
  if (made !== undefined) return made;
  made = repositoryWith({ [path]: guarded, ".github/workflows/scorecard.yml": scorecard });
  expect(ciFix(made, ["register", "update", "--milestone", "M03"]).code).toBe(0);
  git(made, "add", "--all");
  git(made, "commit", "--quiet", "--message", "Register");
  return made;
}

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

describe("a fix", () => {
  it("is previewed by default: title, what changes, diff and the command that lands it; nothing is written", () => {
    const folder = registered();
    const { code, stdout } = ciFix(folder, ["--risk", "M03-R01"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^M03-R01 .+\n {2}\w/);
    expect(stdout).toContain(`--- a/${path}\n+++ b/${path}\n@@ -7,4 +7,3 @@\n`);
    expect(stdout).toContain("\n-        continue-on-error: true\n");
    expect(stdout).toMatch(/\nland it: ci-fix --risk M03-R01 --commit\n$/);
    expect(git(folder, "status", "--porcelain")).toBe("");
    expect(git(folder, "rev-list", "--count", "HEAD").trim()).toBe("2");
  });

  it("tells a command that really lands it, also for a folder with blanks", () => {
    const folder = join(emptyFolder(), "my project");
    git(emptyFolder(), "clone", "--quiet", registered(), folder);
    git(folder, "config", "user.name", "Ada");
    git(folder, "config", "user.email", "ada@example.org");
    const { stdout } = ciFix(emptyFolder(), ["-C", folder, "--risk", "M03-R01", "--date", "2026-02-08"]);
    const command = /^land it: ci-fix (.*)$/m.exec(stdout)?.[1];
    const landed = spawnSync("sh", ["-c", `'${process.execPath}' '${bundle}' ${command}`], { encoding: "utf8" });
    expect(landed.status).toBe(0);
    expect(git(folder, "log", "-1", "--format=%s %aI")).toMatch(
      /^ci\(M03-R01\): .* 2026-02-08T00:00:00(?:Z|\+00:00)\n$/,
    );
  });

  it("is landed as one commit, and a second run has nothing to do", () => {
    const folder = registered();
    const { code, stdout, stderr } = ciFix(folder, ["--risk", "M03-R01,M03-R02", "--commit"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[0-9a-f]{10} ci\(M03-R01\): .+\n[0-9a-f]{10} ci\(M03-R02\): .+\n$/);
    expect(stderr).toBe("take one back: ci-fix rollback M03-R01 --commit\n");
    expect(read(folder, path)).toBe(repaired);
    expect(ciFix(folder, ["--risk", "M03-R01", "--risk", "M03-R02", "--commit"])).toMatchObject({
      code: 0,
      stdout: "nothing to do\n",
    });
    expect(ciFix(folder, [])).toMatchObject({ code: 0, stdout: "nothing to do in 2 CI files\n" });
    expect(ciFix(folder, ["register"]).stdout).toMatch(/M03-R01 +high +fixed/);
  });

  it("is refused with 4 when its file has changes of the user, and they stay", () => {
    const folder = registered();
    write(folder, path, `${guarded}# mine\n`);
    const { code, stdout, stderr } = ciFix(folder, ["--risk", "M03-R01", "--commit"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/^error\[CI_FIX_DIRTY_FILE\]: /);
    expect(read(folder, path)).toBe(`${guarded}# mine\n`);
  });

  it("changes the file with --write and commits nothing", () => {
    const folder = registered();
    expect(ciFix(folder, ["--class", "soft-fail-step", "--include-review", "--write"])).toMatchObject({
      code: 0,
      stdout: `changed ${path}\n`,
    });
    expect(git(folder, "status", "--porcelain")).toBe(` M ${path}\n`);
    expect(read(folder, path)).toBe(repaired);
  });

  it("without an id is not committed, but sent to the register", () => {
    const folder = repositoryWith({ [path]: guarded });
    expect(ciFix(folder, ["--all", "--include-review"]).stdout).toContain(
      "give it an id first: ci-fix register update\n",
    );
    const { code, stderr } = ciFix(folder, ["--all", "--include-review", "--commit"]);
    expect(code).toBe(4);
    expect(stderr).toContain("error[CI_FIX_NO_ID]");
  });

  it("that wants a review is left out by --all, which says so", () => {
    const { code, stdout, stderr } = ciFix(registered(), ["--all"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "nothing to do\n" });
    expect(stderr).toContain("left out that want a review: add --include-review");
  });

  it("of a risk that is not there ends with 2 and names the nearest", () => {
    const { code, stderr } = ciFix(registered(), ["--risk", "M03-R11"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/error\[CI_FIX_UNKNOWN_RISK\][^]*did you mean M03-R01/);
  });

  it("is a patch that git applies, whatever the file is called and however its lines end", () => {
    const windows = (text: string): string => text.replaceAll("\n", "\r\n");
    const odd = '.github/workflows/"prüf" 测试.yml';
    const folder = repositoryWith({
      [path]: windows(guarded),
      [odd]: guarded.trimEnd(),
      ".github/workflows/both.yml": `\ufeff${guarded}`,
    });
    const { code, stdout } = ciFix(folder, ["--all", "--include-review", "--patch"]);
    expect(code).toBe(0);
    expect(git(folder, "status", "--porcelain")).toBe("");
    const applied = spawnSync("git", ["apply"], { cwd: folder, input: stdout, encoding: "utf8" });
    expect(applied.stderr).toBe("");
    expect(read(folder, path)).toBe(windows(repaired));
    expect(read(folder, odd)).toBe(repaired.trimEnd());
    expect(read(folder, ".github/workflows/both.yml")).toBe(`\ufeff${repaired}`);
  });

  it("holds only what was chosen when it is asked for as JSON", () => {
    const { stdout } = ciFix(registered(), ["--risk", "M03-R02", "--format", "json"]);
    expect(JSON.parse(stdout).findings.map((finding: { id: string }) => finding.id)).toEqual(["M03-R02"]);
  });
});

describe("rollback", () => {
  it("is previewed by default, lands with --commit, and a second time there is nothing to do", () => {
    const folder = registered();
    ciFix(folder, ["--risk", "M03-R01,M03-R02", "--commit"]);
    const preview = ciFix(folder, ["rollback", "M03-R01"]);
    expect(preview.stdout).toContain("\n+        continue-on-error: true\n");
    expect(preview.stdout).toMatch(/\nland it: ci-fix rollback M03-R01 --commit\n$/);
    expect(read(folder, path)).toBe(repaired);

    const landed = ciFix(folder, ["rollback", "M03-R01", "--commit"]);
    expect(landed).toMatchObject({ code: 0, stderr: "" });
    expect(landed.stdout).toMatch(/^[0-9a-f]{10} ci\(M03-R01\): roll back /);
    expect(read(folder, path)).toBe(guarded);
    expect(ciFix(folder, ["rollback", "M03-R01", "--commit"])).toMatchObject({ code: 0, stdout: "nothing to do\n" });
    expect(ciFix(folder, ["register"]).stdout).toMatch(/M03-R01 +high +open[^]*M03-R02 +medium +fixed/);
  });

  it("of what never landed is refused with 4", () => {
    const { code, stdout, stderr } = ciFix(registered(), ["rollback", "M03-R01"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/^error\[CI_FIX_NOT_LANDED\]: M03-R01: /);
  });
});

describe("register", () => {
  it("is made by update; a second update changes nothing", () => {
    const folder = repositoryWith({ [path]: guarded });
    expect(ciFix(folder, ["register"])).toMatchObject({ code: 0, stdout: "there is no register yet\n" });
    expect(ciFix(folder, ["register", "update", "--milestone", "M07"]).stdout).toMatch(/^added +M07-R01 high /);
    const before = read(folder, ".ci-fix/register.yml");
    expect(ciFix(folder, ["register", "update"]).stdout).toBe("nothing to do: the register is up to date\n");
    expect(read(folder, ".ci-fix/register.yml")).toBe(before);
    expect(ciFix(folder, []).stdout).toContain("= next: ci-fix --risk M07-R01\n");
  });

  it("is not made where there is nothing to write down", () => {
    const folder = repositoryWith({ [path]: repaired });
    expect(ciFix(folder, ["register", "update"])).toMatchObject({
      code: 0,
      stdout: "nothing to do: the register is up to date\n",
    });
    expect(git(folder, "status", "--porcelain")).toBe("");
  });

  it("takes a decision, and the scan keeps to it", () => {
    const folder = registered();
    expect(
      ciFix(folder, ["register", "accept", "M03-R01", "--reason", "flaky by design", "--owner", "@infra"]).stdout,
    ).toBe("M03-R01 is accepted\n");
    expect(ciFix(folder, ["register", "defer", "M03-R02", "--until", "the token is renewed"]).stdout).toBe(
      "M03-R02 is deferred\n",
    );
    expect(read(folder, ".ci-fix/register.yml")).toContain("justification: flaky by design\n");
    const { code, stdout } = ciFix(folder, []);
    expect(code).toBe(0);
    expect(stdout).toContain("accepted in the register: M03-R01\ndeferred in the register: M03-R02\n");
    expect(ciFix(folder, ["register", "accept", "M03-R01", "--reason", "flaky by design"]).stdout).toMatch(
      /^nothing to do: /,
    );
  });

  it.each([
    [["accept", "M03-R77", "--reason", "x"], 2, "the register has no risk"],
    [["accept", "M03-R01", "--reason", " "], 2, "must not be empty"],
    [["defer", "M03-R01", "--until", "x", "--expires", "soon"], 2, "is not a date"],
  ])("refuses %j", (words, code, message) => {
    const ran = ciFix(registered(), ["register", ...words]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(message);
  });

  it("that does not parse stops with its place and changes nothing", () => {
    const folder = registered();
    const broken = "version: 1\nrisks:\n  - id: [\n";
    write(folder, ".ci-fix/register.yml", broken);
    for (const words of [[], ["register"], ["register", "update"], ["--risk", "M03-R01", "--write"]]) {
      const { code, stdout, stderr } = ciFix(folder, words);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toMatch(/^error\[CI_FIX_REGISTER_INVALID\]: \.ci-fix\/register\.yml:\d+: /);
    }
    expect(read(folder, ".ci-fix/register.yml")).toBe(broken);
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
