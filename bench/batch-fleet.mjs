// What the benchmarks of many repositories have in common: a fleet on a server, and campaigns in processes of their own.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "packages/ci-fix/dist/ci-fix.mjs");
const script = join(root, "packages/batch/test/run-campaign.mjs");
const folders = [];

export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `ci-fix-bench-${name}-`));
  folders.push(folder);
  return folder;
}

export function clear() {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const identity = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
};
export const environment = {
  ...process.env,
  ...identity,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_DATE: "1700000000 +0000",
  GIT_COMMITTER_DATE: "1700000000 +0000",
};

export function git(cwd, ...args) {
  return execFileSync("git", ["-c", "init.defaultBranch=main", "-c", "gc.auto=0", ...args], {
    cwd,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** Five risks, each in its own workflow; `seed` makes the content differ. */
export function workflows(seed) {
  return Object.fromEntries(
    ["unit", "lint", "types", "build", "docs"].map((job, index) => [
      `.github/workflows/${job}.yml`,
      `name: ${job} ${seed}\non: push\njobs:\n  ${job}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - name: Run ${job}\n        continue-on-error: true\n        run: ${["pytest", "eslint .", "mypy .", "cargo build", "npm run build"][index]}\n`,
    ]),
  );
}

/** A repository of so many files, written with one `fast-import`. */
export function makeRepository(folder, files, fillers) {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "--quiet", "--bare");
  const all = Object.entries(files);
  for (let index = 0; index < fillers; index += 1)
    all.push([
      `src/${index % 100}/${Math.floor(index / 100) % 100}/file-${index}.txt`,
      `${index} ${"lorem ipsum dolor ".repeat(12)}\n`,
    ]);
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = [
    "commit refs/heads/main\ncommitter Ada <ada@example.org> 1700000000 +0000\n",
    data("Begin"),
    ...all.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
    "\n",
  ].join("");
  execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, env: environment, input: stream, maxBuffer: 1 << 28 });
  return folder;
}

/** Runs the command line; gives its exit code, seconds of CPU (its own and of its git), seconds of wall time and peak memory in MB. */
export async function ciFix(state, ...args) {
  const time = join(state, "time.txt");
  const argv = ["-f", "%U %S %e %M", "-o", time, process.execPath, cli, ...args, "--state", state];
  const child = spawn("/usr/bin/time", argv, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (text += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const [user, system, wall, memory] = readFileSync(time, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  return { code, text, cpu: user + system, wall, memory: memory / 1024 };
}

/** Seconds of CPU and wall time of a shell script. */
export async function timed(cwd, text) {
  const time = join(scratch("time"), "time.txt");
  const child = spawn("/usr/bin/time", ["-f", "%U %S %e", "-o", time, "sh", "-ec", text], {
    cwd,
    env: environment,
    stdio: "ignore",
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`failed: ${text}`);
  const [user, system, wall] = readFileSync(time, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  return { cpu: user + system, wall };
}

const SERVER = fileURLToPath(new URL("../test/git-server.mjs", import.meta.url));

/** The server in a process of its own, so that its work is not counted. */
export async function serve(folder) {
  const code = `const { serveGit } = await import(${JSON.stringify(SERVER)});
    const server = await serveGit(${JSON.stringify(folder)});
    process.stdout.write(server.url + "\\n");
    process.stdin.on("data", () => process.stdout.write(JSON.stringify({ ...server.stats, paths: undefined, pushes: server.stats.paths.filter((path) => path.endsWith("/git-receive-pack")).length }) + "\\n"));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = (await lines.next()).value;
  return {
    url,
    async stats() {
      child.stdin.write("\n");
      return JSON.parse((await lines.next()).value);
    },
    close: () => child.kill(),
  };
}

export function campaign(options) {
  return spawn(process.execPath, [script, JSON.stringify(options)], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export const settings = {
  milestone: "M03",
  date: "2026-02-08",
  author: { name: "Ada", email: "ada@example.org", date: "1770508800 +0000" },
  branch: "ci-fix/M03",
  classes: null,
  includeReview: true,
  limits: { milliseconds: 600_000, outputBytes: 134_217_728, diskBytes: 1_073_741_824 },
  perHost: 64,
  perOrganisation: 64,
  tries: 5,
  deaths: 1000,
  pullRequest: { draft: false, labels: [], reviewers: [], template: null, title: "ci: repair {count}" },
};

export function writeList(lines) {
  const path = join(scratch("list"), "repos.txt");
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}
