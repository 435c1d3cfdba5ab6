// Runs a program of this repository and waits for it. Node built-ins only: it works before anything is installed.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** What is set for every program: no telemetry, no update notices. */
const quiet = {
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
  npm_config_update_notifier: "false",
};

/** Path of a program that the install put into node_modules. */
export function installed(name) {
  return join(root, "node_modules", ".bin", name);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean, input?: string }} options
 *   `show` passes the output through as it comes; `input` is given on stdin, which is empty without it.
 * @returns {Promise<{ code: number, output: string }>} `output` holds stdout and stderr in order of arrival; empty with `show`.
 */
export function run(program, args, { cwd = root, env = {}, show = false, input = "" } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...quiet, ...env },
      stdio: ["pipe", ...(show ? ["inherit", "inherit"] : ["pipe", "pipe"])],
    });
    child.stdin.on("error", () => {}); // a program that does not read its input may be gone before all of it is written
    child.stdin.end(input);
    const pieces = [];
    child.stdout?.on("data", (piece) => pieces.push(piece));
    child.stderr?.on("data", (piece) => pieces.push(piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(pieces).toString() }));
  });
}

/** Ends the script: what went wrong, and its output. */
export function stop(message, output = "") {
  if (output.trim() !== "") process.stderr.write(`${output.trimEnd()}\n`);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
