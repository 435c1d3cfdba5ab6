// How long a scan of real CI files takes, file by file in one process: the corpus beside the repository where there is one,
// else the invented project of fixtures/.
import { existsSync, readdirSync } from "node:fs";
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
for (const folder of folders) {
  const result = await scan(workTreeSource(folder), { policy });
  total.files += result.files;
  total.findings += result.findings.length;
  total.errors += result.errors.length;
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${total.files} files of ${folders.length} repositories, ${total.findings} findings, ${total.errors} errors`,
);
console.log(`${seconds.toFixed(2)} s, ${((seconds * 1000) / total.files).toFixed(2)} ms a file`);
