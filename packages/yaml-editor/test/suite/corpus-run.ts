/**
 * Tries every kind of edit at every entry of every real file, in four variants. Not a test: it runs for hours.
 *
 *   npx esbuild packages/yaml-editor/test/suite/corpus-run.ts --bundle --platform=node --format=cjs \
 *     --conditions=ci-fix-source --outfile=corpus-run.cjs
 *   node corpus-run.cjs FOLDER LOG.jsonl [SHARD/SHARDS]
 *
 * One line of the log for each file. A second run with the same log goes on where the first one stopped.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { applyEdits } from "../../src/index.ts";
import { jsYaml } from "./judge.ts";
import { Trials } from "./trials.ts";
import { inVariants, type Odd, open } from "./variants.ts";

const [folder = "", log = "", shard = "0/1"] = process.argv.slice(2);
const [mine, shards] = shard.split("/").map(Number);

/** The small files first: most shapes are in them. */
function files(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/u.test(name))
    .map((name) => ({ name, size: statSync(path.join(folder, name)).size }))
    .toSorted((first, second) => first.size - second.size || (first.name < second.name ? -1 : 1))
    .map(({ name }) => name)
    .filter((_name, index) => index % (shards ?? 1) === mine);
}

function report(name: string): Record<string, unknown> {
  const text = readFileSync(path.join(folder, name), "utf8");
  const file = open(text);
  if (!file) return { name, opened: false };
  const identity = applyEdits(file, []);
  const trials = new Trials([jsYaml]);
  const refused: Record<string, string[]> = {};
  trials.refusal = ({ kind, edit }, code, message) => {
    const key = `${kind} ${code}`;
    (refused[key] ??= []).push(`${edit.path.join("/")}: ${message}`);
  };
  const odd: Odd[] = [];
  let edits = 0;
  const compare = inVariants(file);
  trials.run(file, (trial) => {
    edits += 1;
    odd.push(...compare(trial));
  });
  const tallies = Object.fromEntries(
    [...trials.tallies].map(([kind, { accepted, unjudged }]) => [kind, [accepted, unjudged]]),
  );
  const faults = [...trials.tallies.values()].flatMap((tally) => tally.faults);
  const counts = Object.fromEntries(Object.entries(refused).map(([key, list]) => [key, list.length]));
  const samples = Object.fromEntries(Object.entries(refused).map(([key, list]) => [key, list.slice(0, 2)]));
  const same = identity.ok && identity.bytes === file.bytes;
  return {
    name,
    bytes: text.length,
    opened: true,
    same,
    tallies,
    counts,
    samples,
    faults,
    odd,
    edits,
  };
}

const done = new Set(
  existsSync(log)
    ? readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as { name: string }).name)
    : [],
);
for (const name of files()) {
  if (!done.has(name)) appendFileSync(log, `${JSON.stringify(report(name))}\n`);
}
