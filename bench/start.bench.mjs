// How long the command line takes to say something, against a node that does nothing.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../packages/ci-fix/dist/ci-fix.mjs", import.meta.url));
const runs = 15;

for (const [name, args] of [
  ["node, empty", ["--eval", ""]],
  ["ci-fix --version", [cli, "--version"]],
  ["ci-fix --help", [cli, "--help"]],
]) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    spawnSync(process.execPath, args);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  console.log(`${name.padEnd(20)} ${times[Math.floor(runs / 2)].toFixed(0).padStart(6)} ms (median of ${runs})`);
}
