// Changes the sources of a package in every small way that Stryker knows, and says which changes no test of the package tells:
//
//   npm run mutate -- packages/proof                                   all of it, in hours
//   npm run mutate -- packages/proof/src/engine/logic.ts               files or folders of one package; a file in minutes
//
// Mutants that are known to change nothing are listed, with the reason, in test/mutants/*.json of the package. The run fails where one
// survives that is not listed, or where a listed one is told after all.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { install } from "./steps/install.mjs";
import { judge, readKnown } from "./steps/mutants.mjs";
import { installed, root, run, stop } from "./steps/run.mjs";

await install();
const paths = process.argv.slice(2).map((path) => relative(root, resolve(path)).split(sep).join("/"));
const [folder, ...others] = new Set(paths.map((path) => path.split("/").slice(0, 2).join("/")));
if (folder === undefined || others.length > 0 || !/^(packages|codemods)\/./u.test(folder))
  stop("Name one package, or files of one: npm run mutate -- packages/proof/src/engine/logic.ts");
const missing = paths.find((path) => !existsSync(join(root, path)));
if (missing !== undefined) stop(`${missing}: there is no such file or folder.`);

const scratch = mkdtempSync(join(tmpdir(), "ci-fix-mutate-"));
try {
  const report = await mutate();
  const files = Object.entries(report.files).map(([name, file]) => [name.slice(folder.length + 1), file]);
  print(judge(Object.fromEntries(files), readKnown(join(root, folder))));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A whole package stands for its sources. */
function sourcesOf(path) {
  if (path === folder) return `${folder}/src/**/*.ts`;
  return statSync(join(root, path)).isDirectory() ? `${path}/**/*.ts` : path;
}

/** The report of Stryker, which works in a copy of the project. */
async function mutate() {
  const fileName = join(scratch, "report.json");
  const config = join(scratch, "stryker.config.json");
  const settings = {
    mutate: paths.map(sourcesOf),
    plugins: ["@stryker-mutator/vitest-runner"],
    testRunner: "vitest",
    vitest: { configFile: "test/mutation.config.ts", related: false },
    coverageAnalysis: "perTest",
    // TypeScript 7 has no interface for programs, which Stryker would rewrite this file with.
    tsconfigFile: "none",
    tempDirName: scratch,
    logLevel: "warn",
    ignorePatterns: ["bench", "docs", "editors", "examples"],
    reporters: [process.stderr.isTTY ? "progress" : "progress-append-only", "json"],
    jsonReporter: { fileName },
  };
  writeFileSync(config, JSON.stringify(settings));
  const { code } = await run(installed("stryker"), ["run", config], { show: true, env: { CI_FIX_MUTATED: folder } });
  if (code !== 0) stop("Stryker failed; what it printed is above.");
  return JSON.parse(readFileSync(fileName, "utf8"));
}

function print({ counts, survivors, killed, gone, equivalent }) {
  for (const { file, at, line, change } of survivors.toSorted(
    (first, second) => first.file.localeCompare(second.file) || first.at - second.at,
  ))
    process.stdout.write(`\n${folder}/${file}:${at}\n    ${line}\n    ${change}\n`);
  for (const [list, what] of [
    [killed, "is listed, but a test tells it: take it off the list"],
    [gone, "is listed, but the code has no such place"],
  ])
    for (const { file, line, change } of list)
      process.stdout.write(`\n${folder}/${file} ${what}\n    ${line}\n    ${change}\n`);
  const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0 } = counts;
  const all = Killed + Timeout + Survived + NoCoverage;
  const share = all === 0 ? "no" : `${(((Killed + Timeout) / all) * 100).toFixed(1)} % of ${all}`;
  process.stdout.write(
    `\n${share} mutants are told by a test, ${equivalent} change nothing, ${survivors.length} are not told\n`,
  );
  if (survivors.length + killed.length + gone.length > 0) process.exitCode = 1;
}
