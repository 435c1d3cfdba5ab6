import { describe, expect, it } from "vitest";
import { ciFix, git, repositoryWith, write } from "./command-line.ts";
import { guarded, path, read, registered, repaired } from "./guarded-repository.ts";

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
