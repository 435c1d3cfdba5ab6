/**
 * Tries every kind of edit at every entry of every real file, in four variants. Not a test: it runs for hours.
 *
 *   npx esbuild packages/yaml-editor/test/suite/corpus-run.ts --bundle --platform=node --format=cjs \
 *     --conditions=ci-fix-source --outfile=corpus-run.cjs
 *   node corpus-run.cjs FOLDER LOG.jsonl [SHARD/SHARDS] [HH:MM] [PLACES]
 *
 * HH:MM is when it stops, PLACES how many places of each file are tried (all by default).
 * One line of the log for each file. A second run with the same log goes on where the first one stopped.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { applyEdits, openYaml, type YamlFile } from "../../src/index.ts";
import { jsYaml } from "./judge.ts";
import { type Trial, Trials } from "./trials.ts";

const [folder = "", log = "", shard = "0/1", until = "99:99", places = "Infinity"] = process.argv.slice(2);
const [mine, shards] = shard.split("/").map(Number);

type Variant = (text: string) => string;
const VARIANTS: Readonly<Record<string, Variant>> = {
  crlf: (text) => (text.includes("\r") ? text : text.replaceAll("\n", "\r\n")),
  bom: (text) => (text.startsWith("\uFEFF") ? text : `\uFEFF${text}`),
  open: (text) => text.replace(/\r?\n$/u, ""),
};

function open(text: string): YamlFile | undefined {
  const opened = openYaml(new TextEncoder().encode(text));
  return opened.ok ? opened.file : undefined;
}

/** The small files first: most shapes are in them. */
function files(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/u.test(name))
    .map((name) => ({ name, size: statSync(path.join(folder, name)).size }))
    .toSorted((first, second) => first.size - second.size || (first.name < second.name ? -1 : 1))
    .map(({ name }) => name)
    .filter((_name, index) => index % (shards ?? 1) === mine);
}

/** A variant must fare as the file itself does: same refusal, or the same text in its own line ends. */
function differences(file: YamlFile, trials: readonly Trial[]): { variant: string; path: string; kind: string }[] {
  const found: { variant: string; path: string; kind: string }[] = [];
  for (const [name, variant] of Object.entries(VARIANTS)) {
    const other = variant(file.text);
    if (other === file.text) continue;
    const opened = open(other);
    const same = opened !== undefined && applyEdits(opened, []).ok;
    if (!same) found.push({ variant: name, path: "", kind: "open" });
    if (!opened) continue;
    for (const { kind, edit, result } of trials) {
      const again = applyEdits(opened, [edit]);
      const alike = again.ok
        ? result.ok &&
          again.text === variant(result.text) &&
          again.removedComments.length === result.removedComments.length
        : !result.ok && again.refusals[0]?.code === result.refusals[0]?.code;
      if (!alike) found.push({ variant: name, path: edit.path.join("/"), kind });
    }
  }
  return found;
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
  const seen: Trial[] = [];
  const all = file.documents.length === 0 ? 0 : [...file.walk()].length;
  const stride = Math.max(1, all / Number(places));
  trials.run(
    file,
    (trial) => seen.push(trial),
    (index) => Math.floor(index % stride) === 0,
  );
  const tallies = Object.fromEntries(
    [...trials.tallies].map(([kind, { accepted, unjudged }]) => [kind, [accepted, unjudged]]),
  );
  const faults = [...trials.tallies.values()].flatMap((tally) => tally.faults);
  const odd = differences(file, seen);
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
    edits: seen.length,
    all,
  };
}

function clock(): string {
  return new Date().toTimeString().slice(0, 5);
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
  if (clock() >= until) break;
  if (!done.has(name)) appendFileSync(log, `${JSON.stringify(report(name))}\n`);
}
