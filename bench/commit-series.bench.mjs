// Five commits in a repository of 300 files: off-tree in one go against `git add` + `git commit` five times.
// npm run bench -- commit-series
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openRepository } from "@ci-fix/git";

const FILES = 300;
const COMMITS = 5;
const DATE = "1770508800 +0000";
const rounds = Number(process.argv[2] ?? 15);

const folder = mkdtempSync(join(tmpdir(), "ci-fix-bench-"));
const env = {
  ...process.env,
  GIT_AUTHOR_DATE: DATE,
  GIT_COMMITTER_DATE: DATE,
  GIT_CONFIG_GLOBAL: join(folder, "none"),
};
Object.assign(process.env, { GIT_CONFIG_GLOBAL: env.GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM: "1" });
const git = (...command) => execFileSync("git", command, { cwd: folder, env, encoding: "utf8" });

const path = (number) => `.github/workflows/workflow-${number}.yml`;
const text = (number, name) =>
  `name: ${name}\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make ${number}\n`;
const specs = Array.from({ length: COMMITS }, (_, number) => ({
  message: `ci: change workflow ${number}`,
  changes: [{ path: path(number), bytes: Buffer.from(text(number, "after")) }],
}));

function byHand() {
  for (const { message, changes } of specs) {
    for (const change of changes) writeFileSync(join(folder, change.path), change.bytes);
    git("add", "--", ...changes.map((change) => change.path));
    git("commit", "--quiet", "-m", message);
  }
}

const ways = {
  "git add + git commit": async () => byHand(),
  commitSeries: async (repository) => repository.commitSeries(specs, { date: DATE }),
  "commitSeries, hooks on": async (repository) => repository.commitSeries(specs, { date: DATE, runHooks: true }),
};

try {
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Bench");
  git("config", "user.email", "bench@example.org");
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  for (let number = 0; number < FILES; number++) writeFileSync(join(folder, path(number)), text(number, "before"));
  git("add", "--all");
  git("commit", "--quiet", "-m", "Begin");
  const begin = git("rev-parse", "HEAD").trim();
  const repository = await openRepository(folder);
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  const tips = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const [way, make] of Object.entries(ways)) {
      git("reset", "--quiet", "--hard", begin);
      const from = performance.now();
      await make(repository);
      times[way].push(performance.now() - from);
      tips.add(git("rev-parse", "HEAD").trim());
    }
  }
  if (tips.size !== 1) throw new Error(`The ways made different commits: ${[...tips].join(", ")}`);
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const base = median(times["git add + git commit"]);
  console.log(`${COMMITS} commits, ${FILES} files, median of ${rounds} rounds, identical commit ids`);
  for (const [way, values] of Object.entries(times)) {
    const took = median(values);
    console.log(`${way.padEnd(24)} ${took.toFixed(0).padStart(5)} ms   ${(base / took).toFixed(2)} x`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
