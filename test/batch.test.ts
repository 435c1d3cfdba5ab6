import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// Each command opens its own database, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const bundle = fileURLToPath(new URL("../packages/ci-fix/dist/ci-fix.mjs", import.meta.url));
const TOKEN = "ghp_s3cr3tT0ken";
let folder: string;

/** Runs the command line as a user does, with a home of its own and a token in the environment. */
function ciFix(
  args: readonly string[],
  options: { input?: string; program?: string } = {},
): { code: number | null; stdout: string; stderr: string } {
  const { NO_COLOR: _none, FORCE_COLOR: _forced, CI: _ci, CI_FIX_DATABASE: _database, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.program ?? bundle, ...args], {
    cwd: folder,
    encoding: "utf8",
    input: options.input ?? "",
    env: {
      ...env,
      XDG_STATE_HOME: join(folder, "state"),
      GITHUB_TOKEN: TOKEN,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "Ada Lovelace",
      GIT_AUTHOR_EMAIL: "ada@example.org",
    },
  });
  return { code: status, stdout, stderr };
}

function git(repository: string, ...args: string[]): string {
  const who = ["-c", "user.name=Grace", "-c", "user.email=grace@example.org", "-c", "init.defaultBranch=main"];
  return spawnSync("git", [...who, ...args], { cwd: join(folder, repository), encoding: "utf8" }).stdout;
}

function makeRepository(name: string, step: string): void {
  const path = join(folder, name, ".github/workflows/ci.yml");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `on: push\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Run <b>tests</b>\n${step}        run: pytest\n`,
  );
  git(name, "init", "--quiet");
  git(name, "add", "--all");
  git(name, "commit", "--quiet", "--message", "Begin");
}

const SOFT = "        continue-on-error: true\n";

beforeAll(() => {
  if (!existsSync(bundle)) throw new Error("there is no bundle yet: npm run build");
  folder = mkdtempSync(join(tmpdir(), "ci-fix-batch-cli-"));
  for (const name of ["app", "lib"]) makeRepository(name, SOFT);
  makeRepository("fine", "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ci-fix batch", () => {
  it("plans a list from standard input, and tells what was not taken up", () => {
    const list = "# mine\napp\nlib\nfine\n\next::sh -c true\n";
    const { code, stdout, stderr } = ciFix(
      ["batch", "plan", "--repos", "-", "--include-review", "--date", "2026-02-08"],
      { input: list },
    );
    expect(stderr).toContain("3 files, 2 different; 2 judged now");
    expect(stdout).toBe("4 repositories: 2 planned, 1 clean, 1 skipped\n");
    expect(code).toBe(1);
    expect(git("app", "branch", "--list")).toBe("* main\n");
  });

  it("shows a change once for all repositories that have it", () => {
    const { code, stdout } = ciFix(["batch", "preview"]);
    expect(code).toBe(0);
    expect(stdout.match(/^-\s+continue-on-error: true$/gmu)).toHaveLength(1);
    expect(stdout).toMatch(/^in (app, lib|lib, app)$/mu);
    expect(stdout).toMatch(/^M01-R01 .*\(2 repositories\)$/mu);
  });

  it("lands, tells it in three forms, and does nothing the second time", () => {
    expect(ciFix(["batch", "apply", "--commit"])).toMatchObject({
      code: 0,
      stdout: "4 repositories: 2 committed, 1 clean, 1 skipped\n",
    });
    expect(git("app", "log", "-1", "--format=%an %s", "ci-fix/M01")).toContain("Ada Lovelace ci(M01-R01): ");
    expect(git("app", "rev-parse", "ci-fix/M01^")).toBe(git("app", "rev-parse", "main"));
    const status = JSON.parse(ciFix(["batch", "status", "--format", "json", "--only", "skipped"]).stdout) as {
      repositories: unknown[];
    };
    expect(status.repositories).toMatchObject([{ name: "ext::sh -c true", state: "skipped", reason: "address" }]);
    const page = readFileSync(join(folder, "state/ci-fix/campaigns/default/campaign.html"), "utf8");
    expect(page).toContain("Run &lt;b&gt;tests&lt;/b&gt;");
    expect(page).not.toMatch(/<b>|<script|https?:\/\/(?!www\.w3)/u);
    const lines = readFileSync(join(folder, "state/ci-fix/campaigns/default/ledger.jsonl"), "utf8").trim().split("\n");
    const states = lines
      .map((line) => JSON.parse(line) as { repository: string; state: string })
      .filter((event) => event.repository === "app");
    expect(states.map(({ state }) => state)).toEqual(["discovered", "scanned", "planned", "committed", "committed"]);
    expect(page + lines.join("\n")).not.toContain(TOKEN);
  });

  it("takes a risk back everywhere, after telling where that is", () => {
    const told = ciFix(["batch", "rollback", "M01-R01"]);
    expect(told).toMatchObject({ code: 0 });
    expect(told.stdout).toContain("M01-R01 landed in 2 repositories\n");
    expect(git("app", "diff", "--stat", "main", "ci-fix/M01")).not.toBe("");
    expect(ciFix(["batch", "rollback", "M01-R01", "--commit"])).toMatchObject({ code: 0 });
    for (const name of ["app", "lib"]) expect(git(name, "diff", "--stat", "main", "ci-fix/M01")).toBe("");
    expect(ciFix(["batch", "rollback", "M99-R99"])).toMatchObject({ code: 2 });
  });

  it("says with its exit code that something was blocked", () => {
    const { code, stderr } = ciFix(["batch", "retry", "--blocked"]);
    expect([code, stderr]).toEqual([0, "nothing had failed\n"]);
    git("lib", "commit", "--quiet", "--allow-empty", "--message", "Mine");
    git("lib", "branch", "--force", "ci-fix/other", "main");
    const plan = ciFix(["batch", "plan", "lib", "--campaign", "other", "--branch", "ci-fix/other", "--include-review"]);
    expect(plan.code).toBe(1);
    const apply = ciFix(["batch", "apply", "--commit", "--campaign", "other"]);
    expect(apply).toMatchObject({ code: 4, stdout: "1 repository: 1 blocked\n" });
    expect(apply.stderr).toContain("blocked lib: branch: the branch ci-fix/other holds commits");
  });

  it.each([
    [["batch", "apply"], "apply needs to know how far to go"],
    [["batch", "apply", "--commit", "--campaign", "none"], 'there is no campaign "none"'],
    [
      ["batch", "plan", "--owner", "acme", "--host", "nowhere.invalid"],
      "nowhere.invalid is no host that ci-fix can list",
    ],
    [["batch", "plan", "--repos", "missing.txt"], 'the list "missing.txt" cannot be read'],
    [["batch", "plan", "app", "--milestone", "M07"], "this campaign was started with another --milestone: M01"],
    [["worker"], "a worker needs a Postgres"],
    [["worker", "--database", "mysql://x"], "--database is no address of a Postgres"],
  ])("%j is a mistake: %s", (args, words) => {
    const { code, stderr } = ciFix(args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it("repeats no password of a database that does not answer", () => {
    const { code, stderr } = ciFix(["batch", "status", "--database", "postgres://me:s3cr3t@127.0.0.1:1/x"]);
    expect(code).toBe(3);
    expect(stderr).toContain("the database does not answer");
    expect(stderr).not.toContain("s3cr3t");
  });
});

it("without the embedded database all but batch works, and batch says what is missing", () => {
  const alone = mkdtempSync(join(tmpdir(), "ci-fix-alone-"));
  cpSync(dirname(bundle), join(alone, "dist"), { recursive: true });
  cpSync(join(dirname(bundle), "../package.json"), join(alone, "package.json"));
  const program = join(alone, "dist/ci-fix.mjs");
  expect(ciFix(["scan", "-C", "fine"], { program })).toMatchObject({ code: 0 });
  const { code, stderr } = ciFix(["batch", "status"], { program });
  expect(code).toBe(3);
  expect(stderr).toContain("npm install @electric-sql/pglite");
  rmSync(alone, { recursive: true });
});
