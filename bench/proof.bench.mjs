// How long the proof of a fix takes and what it comes to, over every fix that the codemods make and over the removal of every
// soft-fail, in the corpus beside the repository where there is one, else in the invented project of fixtures/. Measured is
// what the runner does for a proof: both sides have been read by then, the one before for its findings, the one after to see
// that they are gone; files that are called are read. Times are those of the processor, so that a busy machine changes little.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { proveFix } from "../packages/proof/dist/index.js";
import { codemods } from "../packages/runner/dist/index.js";
import { eachStep, isCiFile, readWorkflow, workflowEdits } from "../packages/workflow/dist/index.js";
import { applyEdits } from "../packages/yaml-editor/dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const corpus = join(root, "..", "shared", "corpus", "repos");
const folders = existsSync(corpus)
  ? readdirSync(corpus).map((name) => join(corpus, name))
  : [join(root, "fixtures", "audit-m04")];
const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };
const kinds = { codemods: [], "every soft-fail": [] };
const judgements = {};
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

for (const folder of folders) {
  const known = new Map();
  const load = (path) => {
    if (!known.has(path))
      known.set(path, existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined);
    return known.get(path);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isCiFile)) {
    const before = readFileSync(join(folder, file));
    const read = readWorkflow(file, before);
    if (!read.ok || read.workflow === undefined) continue;
    for (const [kind, edits] of fixesOf(read.workflow)) measure(kind, file, read.workflow, edits, load);
  }
}

function* fixesOf(workflow) {
  for (const codemod of codemods)
    for (const { outcome } of codemod.find(workflow, policy))
      if (outcome.kind === "fix") yield ["codemods", outcome.edits];
  for (const unit of [...workflow.jobs, ...eachStep(workflow)])
    if (unit.softFail.kind !== "absent") yield ["every soft-fail", workflowEdits.removeSoftFail(unit)];
}

function measure(kind, file, workflow, edits, load) {
  const { yaml } = workflow.file;
  const applied = applyEdits(yaml, edits);
  if (!applied.ok) return;
  const read = readWorkflow(file, applied.bytes);
  const after = (read.ok && read.workflow) || applied.bytes;
  // What finding and editing have left behind is not the proof's to clear away.
  collectGarbage({ type: "minor" });
  const started = process.cpuUsage();
  const { judgement, certificate } = proveFix({ file, before: workflow, after, load });
  kinds[kind].push({ time: milliseconds(started, process.cpuUsage()), file });
  const inverse = proveFix({ file, before: applied.bytes, after: yaml.bytes, load }).judgement;
  const key = `${kind}: ${judgement}, inverse ${inverse}`;
  judgements[key] = (judgements[key] ?? 0) + 1;
  if (judgement === "unknown") console.log(`unknown: ${file}: ${certificate.claims[0].reason}`);
}

function milliseconds(from, to) {
  return (to.user + to.system - from.user - from.system) / 1000;
}

for (const [kind, times] of Object.entries(kinds)) {
  times.sort((a, b) => a.time - b.time);
  const at = (share) => (times[Math.min(times.length - 1, Math.floor(share * times.length))]?.time ?? 0).toFixed(1);
  console.log(`${kind}: ${times.length} fixes, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
  const slowest = times.slice(-3).toReversed();
  console.log(`  slowest: ${slowest.map(({ file, time }) => `${file} ${time.toFixed(1)} ms`).join(", ")}`);
}
console.log(judgements);
