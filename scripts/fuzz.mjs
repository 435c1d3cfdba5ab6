// Runs the property tests alone, with many more cases: `npm run fuzz` or `npm run fuzz -- 5000 [vitest arguments]`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { install } from "./steps/install.mjs";
import { root, run } from "./steps/run.mjs";

await install();
const given = process.argv.slice(2);
const runs = /^\d+$/.test(given[0] ?? "") ? given.shift() : "100000";
const files = ["packages", "codemods", "test"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith(".test.ts") && !/(^|[/\\])(node_modules|dist)[/\\]/.test(path))
  .filter((path) => readFileSync(join(root, path), "utf8").includes("fast-check"));

process.stderr.write(`${runs} cases for each property in ${files.length} files\n`);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const args = [vitest, "run", "--testTimeout=3600000", ...(given.length > 0 ? given : files)];
const { code } = await run(process.execPath, args, { show: true, env: { CI_FIX_FUZZ_RUNS: runs } });
process.exitCode = code;
