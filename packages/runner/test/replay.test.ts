import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replayChange } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";

const hasBash = spawnSync("bash", ["-c", "exit 0"]).status === 0;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function workflow(script: string, shell?: string): string {
  const lines = script.split("\n").map((line) => `          ${line}\n`);
  const named = shell === undefined ? "" : `        shell: ${shell}\n`;
  return `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Tests\n${named}        run: |\n${lines.join("")}`;
}

const replay = (before: string, after: string, shells: readonly (string | undefined)[] = []) =>
  replayChange({
    file: "ci.yml",
    before: bytes(workflow(before, shells[0])),
    after: bytes(workflow(after, shells[1])),
  });

describe.skipIf(!hasBash)("a replay in a real shell", () => {
  it("confirms a fix, with every other program stubbed", async () => {
    const lines = "docker compose up -d\ncd nowhere\nmake prepare && ./ci/start.sh\n";
    const { replays } = await replay(`${lines}pytest "$X" || true`, `${lines}pytest "$X"`);
    expect(replays).toEqual([
      {
        file: "ci.yml",
        unit: 'step "Tests" of job unit',
        command: "pytest $X",
        before: { failing: 0, well: 0 },
        after: { failing: 1, well: 0 },
        confirmed: true,
      },
    ]);
  });

  it("confirms a named shell", async () => {
    const script = "pytest | tee log";
    const { replays } = await replay(script, script, [undefined, "bash"]);
    expect(replays.map(({ confirmed }) => confirmed)).toEqual([true]);
  });

  it("fails the one command, not another one of the same program", async () => {
    const { replays } = await replay("npx tsc || true\nnpx eslint .", "npx tsc\nnpx eslint .");
    expect(replays).toMatchObject([{ command: "npx tsc", after: { failing: 1, well: 0 }, confirmed: true }]);
  });

  it("knows a command whose words are expanded to nothing or to many", async () => {
    const { replays } = await replay(
      'make -j $(nproc) "a b" $TARGETS check || true',
      'make -j $(nproc) "a b" $TARGETS check',
    );
    expect(replays.map(({ confirmed }) => confirmed)).toEqual([true]);
  });

  it("knows a command whose words are braces that are expanded, and lets a script ask for a program", async () => {
    const before = "command -v tidy\ndiff {base,head}/log.json || true";
    const { replays } = await replay(before, before.replace(" || true", ""));
    expect(replays).toMatchObject([{ command: "diff {base,head}/log.json", confirmed: true }]);
  });

  it("says where a real shell ends otherwise", async () => {
    const before = "pytest || true\ncat < input.txt";
    const { replays } = await replay(before, "pytest\ncat < input.txt");
    expect(replays).toMatchObject([{ confirmed: false, before: { failing: 1 } }]);
  });

  it.each([
    ["pytest || true\nkill -9 1", "`kill` reaches out of the script"],
    ["pytest || true\n/usr/bin/env true", "`/usr/bin/env` lies outside of the folder"],
    ["pytest || true\n../x", "`../x` lies outside of the folder"],
    ["pytest || true\necho x > /tmp/ci-fix-never", "it redirects to `/tmp/ci-fix-never`"],
    ["pytest || true\necho x > $HOME/never", "it redirects to `$HOME/never`"],
    ["pytest || true\nPATH=/usr/bin; x", "it uses PATH"],
    ["pytest || true\n$TOOL", "`$TOOL` is a program whose name is only known when it runs"],
    ["pytest || true\neval echo", "`eval` reaches out of the script"],
    ["pytest || true\nexec 3<>/dev/tcp/localhost/1", "it reaches for the network or the loader"],
    ["pytest || true\ncommand -p x", "`command -p x` changes what names mean"],
    ["pytest || true\nunset -f cd", "`unset -f cd` changes what names mean"],
  ])("does not run %j", async (script, reason) => {
    const { replays, unplayed } = await replay(script, script.replace(" || true", ""));
    expect([replays, unplayed.map((each) => each.reason)]).toEqual([[], [reason]]);
    expect(existsSync("/tmp/ci-fix-never")).toBe(false);
  });

  it("leaves nothing behind, and ends what does not end", { timeout: 60_000 }, async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("ci-fix-replay-"));
    const { replays } = await replay("pytest || true\nsleep 100 &\nexit 0", "pytest\nsleep 100 &\nexit 0");
    expect(replays[0]?.confirmed).toBe(true);
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith("ci-fix-replay-"));
    for (const name of left.filter((each) => !before.includes(each))) rmSync(join(tmpdir(), name), { recursive: true });
    expect(left.length).toBeLessThanOrEqual(before.length);
  });

  it("has nothing to say of other changes", async () => {
    expect(await replay("make", "make")).toEqual({ replays: [], unplayed: [] });
    const { unplayed } = await replay("flake8 --exit-zero", "flake8");
    expect(unplayed.map(({ reason }) => reason)).toEqual(["the change is not about a failure that the script hides"]);
  });
});
