// All that CI checks. `--fast` leaves the tests out. Every stage runs (but for a failed build, which the others need), and what failed
// is shown with what it printed.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { install } from "./steps/install.mjs";
import { installed, root, run, stop } from "./steps/run.mjs";

const fast = process.argv.includes("--fast");
const node = process.execPath;
const cli = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");

/** Each: what is checked, how, and what a person does about a failure. */
const stages = [
  { name: "build", commands: [[node, "scripts/build.mjs"]], repair: "mend the errors above" },
  {
    name: "lint",
    commands: [[installed("oxlint"), "--deny-warnings"]],
    repair: "mend the errors above; `npm run lint -- --fix` does some",
  },
  { name: "format", commands: [[installed("oxfmt"), "--check"]], repair: "npm run format" },
  {
    name: "types of tests",
    commands: [[installed("tsc"), "-p", "tsconfig.test.json"]],
    repair: "mend the errors above",
  },
  { name: "generated files", commands: [[node, "scripts/generate.mjs", "--check"]], repair: "npm run generate" },
  {
    name: "unused code",
    commands: [[installed("knip"), "--no-progress"]],
    repair: "delete what is named above, or use it",
  },
  {
    name: "package shape",
    commands: packageFolders().map((folder) => [installed("publint"), folder, "--strict"]),
    repair: "mend package.json",
  },
  {
    name: "own workflows",
    commands: [[node, cli, "scan", "--fail-on", "low"]],
    repair: "the CI of this project must not fail silently",
  },
  ...(fast ? [] : [{ name: "tests", commands: [[node, "scripts/test.mjs"]], repair: "mend the tests above" }]),
];

await install();
const failures = [];
for (const stage of stages) {
  const started = Date.now();
  const printed = await runStage(stage);
  const took = `${stage.name.padEnd(16)} ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s`;
  process.stdout.write(`${printed === undefined ? mark("green", "✓") : mark("red", "✗")} ${took}\n`);
  if (printed === undefined) continue;
  process.stdout.write(`${printed}\n`);
  failures.push(`${stage.name} → ${stage.repair}`);
  if (stage.name === "build") break;
}
if (failures.length > 0) stop(`failed: ${failures.join("; ")}`);

/** What the first command that failed printed; undefined if all went well. */
async function runStage({ commands }) {
  for (const [program, ...args] of commands) {
    const { code, output } = await run(program, args);
    if (code !== 0) return output;
  }
  return undefined;
}

function packageFolders() {
  return ["packages", "codemods"]
    .flatMap((group) => readdirSync(join(root, group)).map((folder) => join(group, folder)))
    .filter((folder) => existsSync(join(root, folder, "package.json")));
}

function mark(colour, text) {
  return process.stdout.isTTY && process.env.NO_COLOR === undefined ? styleText(colour, text) : text;
}
