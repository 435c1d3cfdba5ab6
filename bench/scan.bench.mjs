// How long a scan of real CI files takes, file by file in one process: the corpus beside the repository where there is one,
// else the invented project of fixtures/.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scan, workTreeSource } from "../packages/runner/dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const corpus = join(root, "..", "shared", "corpus", "repos");
const folders = existsSync(corpus)
  ? readdirSync(corpus).map((name) => join(corpus, name))
  : [join(root, "fixtures", "audit-m04")];
const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

const total = { files: 0, findings: 0, errors: 0 };
const started = performance.now();
const startedCpu = process.cpuUsage();
const startedMain = mainThread();
for (const folder of folders) {
  const result = await scan(workTreeSource(folder), { policy });
  total.files += result.files;
  total.findings += result.findings.length;
  total.errors += result.errors.length;
}
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(startedCpu);
const main = mainThread();
console.log(
  `${total.files} files of ${folders.length} repositories, ${total.findings} findings, ${total.errors} errors`,
);
console.log(`${(wall / 1000).toFixed(2)} s, ${aFile(wall)} on the clock`);
console.log(
  `${aFile((user + system) / 1000)} of processor time with all threads of the garbage collector and the compiler`,
);
if (main !== undefined) console.log(`${aFile(main - startedMain)} of processor time of the thread that works`);

function aFile(milliseconds) {
  return `${(milliseconds / total.files).toFixed(2)} ms a file`;
}

/** Milliseconds for which the main thread had a processor: what a clock would show on a machine with nothing else to do. Only Linux tells. */
function mainThread() {
  return existsSync("/proc/self/schedstat")
    ? Number(readFileSync("/proc/self/schedstat", "utf8").split(" ", 1)[0]) / 1e6
    : undefined;
}
