// How long the proof of a fix takes and what it comes to, over every fix that the codemods make and over the removal of every
// soft-fail, in the corpus beside the repository where there is one, else in the invented project of fixtures/. Reading the
// files is told apart. Times are those of the processor, so that a busy machine changes little.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

function measure(kind, file, { file: { yaml } }, edits, load) {
  const applied = applyEdits(yaml, edits);
  if (!applied.ok) return;
  const input = { file, before: yaml.bytes, after: applied.bytes, load };
  // The first proof reads the files, which are kept for as long as their bytes are: the second is the proof alone.
  const started = process.cpuUsage();
  const { judgement, certificate } = proveFix(input);
  const between = process.cpuUsage();
  proveFix(input);
  const ended = process.cpuUsage();
  kinds[kind].push({ whole: milliseconds(started, between), alone: milliseconds(between, ended), file });
  const inverse = proveFix({ ...input, before: applied.bytes, after: yaml.bytes }).judgement;
  const key = `${kind}: ${judgement}, inverse ${inverse}`;
  judgements[key] = (judgements[key] ?? 0) + 1;
  if (judgement === "unknown") console.log(`unknown: ${file}: ${certificate.claims[0].reason}`);
}

function milliseconds(from, to) {
  return (to.user + to.system - from.user - from.system) / 1000;
}

for (const [kind, times] of Object.entries(kinds)) {
  for (const part of ["alone", "whole"]) {
    const sorted = times.map((time) => time[part]).sort((a, b) => a - b);
    const at = (share) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
    const what = part === "alone" ? "the proof alone" : "with reading the files";
    console.log(`${kind}, ${what}: ${sorted.length} fixes, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
    if (part !== "alone") continue;
    const slowest = times.toSorted((a, b) => b.alone - a.alone).slice(0, 3);
    console.log(`  slowest: ${slowest.map(({ file, alone }) => `${file} ${alone.toFixed(1)} ms`).join(", ")}`);
  }
}
console.log(judgements);
