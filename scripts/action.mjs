// The work of action.yml: annotations in the log, a job summary, SARIF in a file, outputs. Its inputs are variables of the
// environment; it ends with the exit code of ci-fix.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { root } from "./steps/run.mjs";

const { env } = process;
const cli = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");
const folder = resolve(env.CI_FIX_FOLDER || ".");

const command = env.CI_FIX_COMMAND || "check";
if (command !== "check" && command !== "scan") fail(`command is "${command}", and must be check or scan`);
if (!["true", "false", ""].includes(env.CI_FIX_SUMMARY ?? "")) fail("summary must be true or false");
const given = optionsGiven();
const { status, stdout } = ciFix([command, "--format", "github", ...given]);
process.stdout.write(stdout);

if (env.CI_FIX_SUMMARY !== "false" && env.GITHUB_STEP_SUMMARY) {
  const summary = ciFix([command, "--format", "markdown", ...given], { quiet: true });
  appendFileSync(env.GITHUB_STEP_SUMMARY, `${summary.stdout}\n`);
}
const sarif = env.CI_FIX_SARIF_FILE;
if (sarif) {
  const all = ciFix(["scan", "--format", "sarif", "--fail-on", "none", ...(command === "scan" ? pathsGiven() : [])], {
    quiet: true,
  });
  if (all.status > 1) fail(`no SARIF was made: ci-fix scan ended with ${all.status}`);
  mkdirSync(dirname(resolve(folder, sarif)), { recursive: true });
  writeFileSync(resolve(folder, sarif), all.stdout);
  output("sarif-file", resolve(folder, sarif));
}
output("exit-code", String(status));
process.exitCode = status;

function optionsGiven() {
  const base = env.CI_FIX_BASE ? ["--base", env.CI_FIX_BASE] : [];
  if (command === "check") return base;
  return [...(env.CI_FIX_FAIL_ON ? ["--fail-on", env.CI_FIX_FAIL_ON] : []), ...pathsGiven()];
}

function pathsGiven() {
  const paths = (env.CI_FIX_PATHS ?? "").split("\n").map((path) => path.trim());
  const wanted = paths.filter((path) => path !== "");
  return wanted.length === 0 ? [] : ["--", ...wanted];
}

/** Runs the command line. What it says on stderr is shown once, and without GitHub taking any line of it for a command. */
function ciFix(args, { quiet = false } = {}) {
  const ran = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.error !== undefined) fail(ran.error.message);
  if (!quiet && ran.stderr !== "") {
    const token = randomUUID();
    process.stdout.write(`::stop-commands::${token}\n${ran.stderr.trimEnd()}\n::${token}::\n`);
  }
  return { status: ran.status ?? 3, stdout: ran.stdout };
}

/** In the form for values of several lines, so that no value can be taken for another output. */
function output(name, value) {
  if (!env.GITHUB_OUTPUT) return;
  const end = randomUUID();
  appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
}

function fail(message) {
  const escaped = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  process.stdout.write(`::error title=ci-fix::${escaped}\n`);
  process.exit(2);
}
