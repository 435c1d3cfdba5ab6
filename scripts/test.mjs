// Runs every test. Further arguments go to vitest. The last line is always `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./steps/build.mjs";
import { install } from "./steps/install.mjs";
import { root, run } from "./steps/run.mjs";

await install();
await build();

const folder = mkdtempSync(join(tmpdir(), "ci-fix-test-"));
const results = join(folder, "results.json");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
const { code } = await run(process.execPath, [vitest, "run", ...reporters, ...process.argv.slice(2)], { show: true });

const { passed, failed } = count(results, code);
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);

/** A file that does not load has no failed test, but it failed all the same; so has a run that ended badly otherwise. */
function count(path, exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    process.stdout.write("vitest left no report.\n");
    return { passed: 0, failed: 1 };
  }
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const told = report.numFailedTests + unloaded;
  const ended = exitCode === 0 && report.success ? 0 : 1;
  return { passed: report.numPassedTests, failed: Math.max(told, ended) };
}
