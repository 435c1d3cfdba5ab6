// The tour: makes a scratch repository out of fixtures/audit-m04, finds its five risks, fixes them and takes one back.
// Every step is checked; the tour stops loudly if something does not hold.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { styleText } from "node:util";
import { build } from "./steps/build.mjs";
import { install } from "./steps/install.mjs";
import { root, stop } from "./steps/run.mjs";

const cli = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");
const coloured = process.env.FORCE_COLOR !== undefined || (process.stdout.isTTY && process.env.NO_COLOR === undefined);
const paint = (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text);
const say = (text) => process.stdout.write(`${text}\n`);

/** 2026-02-08, noon: with a fixed date and author the commits are the same on every machine. */
const date = "1770552000 +0000";
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_DATE: date,
  GIT_COMMITTER_DATE: date,
  GIT_PAGER: "cat",
};

const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"];

await install();
await build();

const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "ci-fix-demo-"))), "tidewright");
cpSync(join(root, "fixtures", "audit-m04"), folder, { recursive: true });
git("init", "--quiet", "--initial-branch=main");
git("config", "user.name", "Ada Audit");
git("config", "user.email", "ada@example.org");
git("add", "--all");
git("commit", "--quiet", "--message=Predict the tide at a gauge");
const start = git("rev-parse", "HEAD");

chapter(
  "1",
  "A project whose CI is green",
  "Tidewright predicts tides. Five of its workflows can fail without anyone seeing it.",
);
show("git", ["ls-files", ".github", ".ci-fix", ".ci-fix.yml"], 0);

chapter("2", "Look", "Reads every workflow, changes nothing. What is left alone is left alone for a reason.");
show("ci-fix", [], 1);

chapter(
  "3",
  "The register",
  "The audit gave each risk an id. `ci-fix register update` would write this list by itself.",
);
show("ci-fix", ["register", "show"], 0);

chapter("4", "Preview", "What would change, and what a run does differently then. Still nothing is written.");
for (const id of ids) show("ci-fix", ["--risk", id], 0);
expect(git("status", "--porcelain") === "" && git("rev-parse", "HEAD") === start, "a preview writes nothing");

chapter("5", "Commit", "One commit for each risk, built beside the work tree.");
show("ci-fix", ["--risk", ids.join(","), "--commit"], 0);
show("git", ["log", "--oneline", "--stat", `${start.slice(0, 7)}..`], 0);
const fixed = git("rev-parse", "HEAD");
expect(git("rev-list", "--count", `${start}..`) === "5", "five risks are five commits");
for (const commit of git("rev-list", `${start}..`).split("\n")) {
  expect(
    git("diff-tree", "-r", "--name-only", "--no-commit-id", commit).split("\n").length === 1,
    "each commit changes one file",
  );
}
expect(git("status", "--porcelain") === "", "the work tree is at the new commits");
show("ci-fix", [], 0);

const taken = ".github/workflows/gauge-index.yml";
chapter("6", "Take one back", "The second of five, out of the middle. The others stay.");
show("ci-fix", ["rollback", "M03-R02", "--commit"], 0);
show("git", ["log", "--oneline", "-3"], 0);
show("git", ["diff", "--stat", start.slice(0, 7)], 0);
expect(same(taken, start), `${taken} has the bytes it had before`);
for (const file of git("diff", "--name-only", start, fixed).split("\n")) {
  if (file !== taken) expect(same(file, fixed), `${file} keeps its fix`);
}
say(paint("green", `${taken} is byte for byte what it was; the other four fixes are untouched.`));

chapter("7", "Your turn", "The repository is yours to play with:");
say(`  cd ${folder}`);
say(`  alias ci-fix="node ${cli}"`);
say("  ci-fix explain soft-fail-step");
say("  ci-fix --risk M03-R02 --commit\n");

function chapter(number, title, text) {
  say(`\n${paint(["bold", "cyan"], `${number}. ${title}`)}\n${paint("dim", text)}`);
}

/** Shows a command as one would type it, then runs it for real. */
function show(program, args, code) {
  const words = [program, ...args].map((word) => (/^[\w./,:=-]+$/.test(word) ? word : `'${word}'`));
  say(`\n${paint("bold", `$ ${words.join(" ")}`)}`);
  const [file, before] =
    program === "ci-fix"
      ? [process.execPath, [cli]]
      : [program, program === "git" && coloured ? ["-c", "color.ui=always"] : []];
  const result = spawnSync(file, [...before, ...args], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  expect(
    result.status === code,
    `\`${words.join(" ")}\` ends with exit code ${code}, not ${result.status ?? result.signal}`,
  );
}

function git(...args) {
  return execFileSync("git", args, { cwd: folder, env, encoding: "utf8" }).trimEnd();
}

function same(file, commit) {
  const there = execFileSync("git", ["show", `${commit}:${file}`], { cwd: folder, env });
  return readFileSync(join(folder, file)).equals(there);
}

function expect(holds, what) {
  if (!holds) stop(`\nThe tour stops here, because this does not hold: ${what}.\nThe repository is in ${folder}`);
}
