import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scanBytes } from "@ci-fix/runner";
import { isCiFile } from "@ci-fix/workflow";
import { afterAll, describe, expect, it } from "vitest";

const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };
const folder = mkdtempSync(join(tmpdir(), "ci-fix-never-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Classes found in a workflow with one job. */
function found(steps: string, job = ""): string[] {
  const text = `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n${job}    steps:\n      - uses: actions/checkout@v5\n${steps.replaceAll(/^(?=.)/gmu, "      ")}`;
  return scanBytes(".github/workflows/ci.yml", new TextEncoder().encode(text), { policy }).findings.map(
    ({ finding }) => finding.class,
  );
}

const script = (text: string): string => `- run: |\n${text.replaceAll(/^/gmu, "    ")}\n`;

function has(program: string): boolean {
  return spawnSync("/bin/sh", ["-c", `command -v ${program}`]).status === 0;
}

/** What a shell ends with where the test fails. */
function ends(shell: string, flags: readonly string[], text: string): number | null {
  return spawnSync(shell, [...flags, "-c", `pytest() { return 1; }\nmake() { return 2; }\n${text}`], {
    stdio: "ignore",
    cwd: folder,
  }).status;
}

describe("what fails where everybody sees it is not flagged", () => {
  it.each([
    ["a chain with `;`", "pytest; echo done", 1],
    ["a trailing `exit 0`", "pytest\nexit 0", 1],
    ["a chain with `;` and `exit 0`", "pytest; exit 0", 1],
    ["`cmd && x` on the last line", "echo start\npytest && echo ok", 1],
    ["`cmd && x` as the only line", "pytest && echo ok", 1],
  ])("%s", (_, text, status) => {
    expect(found(script(text))).toEqual([]);
    for (const [shell, flags] of [
      ["bash", ["--noprofile", "--norc", "-e"]],
      ["sh", ["-e"]],
    ] as const) {
      if (has(shell)) expect(ends(shell, flags, text), shell).toBe(status);
    }
  });

  it("a tool that goes on and fails at its end", () => {
    expect(found(script("./gradlew check --continue\nmake -k check\npytest -x"))).toEqual([]);
    if (has("make")) {
      writeFileSync(join(folder, "Makefile"), "check: one two\none:\n\tfalse\ntwo:\n\ttouch two\n");
      const run = spawnSync("make", ["-k", "check"], { cwd: folder, stdio: "ignore" });
      expect(run.status).toBe(2);
    }
  });

  it("a matrix that may be empty: the run fails then", () => {
    const job = "    strategy:\n      matrix:\n        suite: ${{ fromJSON(needs.plan.outputs.suites) }}\n";
    expect(found(script("pytest ${{ matrix.suite }}"), job)).toEqual([]);
  });

  it("shells of other systems, which have options of their own", () => {
    const files = [".travis.yml", ".gitlab-ci.yml", ".circleci/config.yml"];
    expect(files.filter((file) => isCiFile(file))).toEqual([]);
    // GitLab sets pipefail where it can be had, CircleCI starts bash with `-eo pipefail`.
    if (has("bash")) expect(ends("bash", ["-eo", "pipefail"], "pytest | tee log")).toBe(1);
  });
});

describe("what may fail is not flagged", () => {
  it.each([
    "kill $(cat pid) || true",
    "kill -9 42 2>/dev/null || :",
    "rm -rf out || true",
    "rm report.txt || echo none",
    "grep -q TODO src || true",
    "grep FAIL log | wc -l || true",
    "docker rm -f db || true",
    "docker stop db && docker rm db || true",
    "pkill server || true",
    "umount /mnt || true",
    "git config --global --unset user.name || true",
  ])("%s", (text) => expect(found(script(`make\n${text}\nmake check`))).toEqual([]));

  it("clean-up that runs whatever happened", () => {
    for (const condition of ["always()", "${{ always() }}", "failure()", "!cancelled()"]) {
      const step = `- if: ${JSON.stringify(condition)}\n  run: |\n    make clean || true\n    docker compose down || echo "was not up"\n    npm run stop || true\n`;
      expect(found(step), condition).toEqual([]);
    }
  });
});
