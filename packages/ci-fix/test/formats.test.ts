import { describe, expect, it } from "vitest";
import { ciFix, repositoryWith } from "./command-line.ts";

const path = ".github/workflows/unit.yml";
const guarded = `name: Unit
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        run: pytest tools
        continue-on-error: true
      - name: Upload
        uses: actions/upload-artifact@v4
        continue-on-error: true
  scorecard:
    if: false && github.repository == 'acme/engine'
    runs-on: ubuntu-latest
    steps:
      - run: scorecard
`;
const broken = "on: push\njobs: [\ncontinue-on-error: true\n";
const folder = repositoryWith({ [path]: guarded, ".github/workflows/broken.yml": broken });
const formats = ["sarif", "github", "markdown"];

describe.each(formats)("--format %s", (format) => {
  it("goes to stdout, with the exit codes of the text", () => {
    for (const failOn of ["low", "none"]) {
      const told = ciFix(folder, ["scan", "--format", format, "--fail-on", failOn]);
      expect(told.code).toBe(ciFix(folder, ["--fail-on", failOn]).code);
      expect(told.stdout).toContain("Run tests");
    }
  });

  it("tells the same twice", () => {
    const again = ["--format", format];
    expect(ciFix(folder, again).stdout).toBe(ciFix(folder, again).stdout);
  });

  it("has no colour, also when it is forced", () => {
    expect(ciFix(folder, ["--format", format], { FORCE_COLOR: "1" }).stdout).not.toContain("\u001b");
  });

  it("holds the chosen findings alone", () => {
    const { code, stdout } = ciFix(folder, ["--class", "soft-fail-step", "--include-review", "--format", format]);
    expect(code).toBe(0);
    expect(stdout).toContain("Run tests");
    expect(stdout).not.toContain("condition is switched off by a constant");
  });
});

describe("--format sarif", () => {
  it("names a rule for every class that `explain` knows", () => {
    const [run] = JSON.parse(ciFix(folder, ["--format", "sarif"]).stdout).runs;
    const classes = ciFix(folder, ["explain"])
      .stdout.trim()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id).toSorted()).toEqual(classes.toSorted());
    for (const { shortDescription, fullDescription, help } of run.tool.driver.rules) {
      expect(fullDescription.text.length).toBeGreaterThan(shortDescription.text.length);
      expect(help.markdown.length).toBeGreaterThan(help.text.length);
    }
    const softFail = run.tool.driver.rules.find(({ id }: { id: string }) => id === "soft-fail-step");
    expect(softFail.help.markdown).toContain("## What it does");
  });

  it("tells what is kept under --verbose", () => {
    const kinds = (...args: readonly string[]): string[] =>
      JSON.parse(ciFix(folder, ["--format", "sarif", ...args]).stdout).runs[0].results.map(
        ({ kind }: { kind: string }) => kind,
      );
    expect(kinds()).toEqual(["fail", "fail"]);
    expect(kinds("--verbose")).toEqual(["fail", "fail", "pass"]);
  });
});

describe("--format github", () => {
  it("tells of unreadable files beside the others, and nothing on stderr", () => {
    const { stdout, stderr } = ciFix(folder, ["--format", "github"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^::warning file=\.github\/workflows\/broken\.yml,line=\d+,title=[\w-]+::could not be read/m,
    );
  });
});
