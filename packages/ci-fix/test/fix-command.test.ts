import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundle, ciFix, emptyFolder, git, repositoryWith, write } from "./command-line.ts";
import { guarded, path, read, registered, repaired } from "./guarded-repository.ts";

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
