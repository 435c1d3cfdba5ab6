// What the YAML editor costs next to the parsers: throughput over many files, one edit in a 4 kB workflow, and growth with
// the size. Every way takes its turn in every round, and only time of the processor counts, so that a busy machine slows
// all alike; the ratios are what matters. Real CI files where the corpus lies beside the repository, else generated ones.
// npm run bench -- yaml-editor
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyEdits, openYaml } from "@ci-fix/yaml-editor";
import { loadAll, parseAllDocuments, Parser } from "../packages/yaml-editor/test/reference-parsers.mjs";

const SAMPLE = 400_000;
const SMALL = 4000;
const SMALL_FILES = 12;
const rounds = Number(process.argv[2] ?? 9);
// What the editor asks of the parser too.
const options = { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false, logLevel: "silent" };

const job = (number) => `
  # Job ${number} builds for every system.
  job-${number}:
    name: Build ${number}
    runs-on: \${{ matrix.os }}
    if: github.event_name == 'push' # not for forks
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: "Run the tests"
        continue-on-error: true
        run: |
          make build
          make test JOBS=4
`;

function generated(size) {
  const parts = ["name: CI\non:\n  push:\n    branches: [main]\njobs:\n"];
  for (let number = 0, length = 0; length < size; number++) length += parts[parts.push(job(number)) - 1].length;
  return Buffer.from(parts.join(""));
}

/** A scalar in the middle of a file that can be set, and the edit that sets it. */
function read(bytes) {
  const opened = openYaml(bytes);
  if (!opened.ok) return [];
  const words = [...opened.file.walk()].filter(
    ({ kind, path, value }) =>
      kind === "entry" && path.length > 3 && value?.style === "plain" && typeof value.value === "string",
  );
  const middle = words[words.length >> 1];
  if (middle === undefined) return [];
  const edit = { kind: "set", path: middle.path, value: "changed" };
  if (!applyEdits(opened.file, [edit]).ok) return [];
  return [{ bytes, text: bytes.toString(), file: openYaml(bytes).file, edit }];
}

function open({ bytes }) {
  return openYaml(bytes).file;
}

function set(file, edit) {
  const result = applyEdits(file, [edit]);
  if (!result.ok) throw new Error(result.refusals[0].message);
}

function find(file) {
  let found = 0;
  for (const child of file.walk()) if (child.key === "continue-on-error" || child.key === "if") found += 1;
  return found;
}

const BASE = "yaml, documents";
const ways = {
  "byte scan": ({ bytes }) => bytes.includes("continue-on-error") || bytes.includes("if: false"),
  "yaml, CST": ({ text }) => [...new Parser().parse(text)],
  [BASE]: ({ text }) => parseAllDocuments(text, options),
  "yaml, parse and print": ({ text }) => parseAllDocuments(text, options).map(String),
  "js-yaml": ({ text }) => loadAll(text),
  open,
  "open and find": (input) => find(open(input)),
  "open and edit": (input) => set(open(input), input.edit),
  "apply to an open file": ({ file, edit }) => set(file, edit),
};

/** Milliseconds of the processor: what others take from a busy machine does not count. */
function timed(run) {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

function median(values) {
  return values.toSorted((first, second) => first - second)[values.length >> 1];
}

/** Milliseconds of every way for all inputs: the median of the rounds. */
function measure(inputs, chosen, count) {
  const times = chosen.map(() => []);
  for (let round = -2; round < count; round++) {
    for (const [number, way] of chosen.entries()) {
      const took = timed(() => {
        for (const input of inputs) ways[way](input);
      });
      if (round >= 0) times[number].push(took);
    }
  }
  return new Map(chosen.map((way, number) => [way, median(times[number])]));
}

function print(title, inputs, times) {
  const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0);
  console.log(`\n${title}: ${inputs.length} files, ${bytes} bytes`);
  for (const [way, took] of times) {
    const speed = (bytes / 1000 / took).toFixed(2).padStart(9);
    console.log(
      `${way.padEnd(24)}${speed} MB/s${(took / times.get(BASE)).toFixed(2).padStart(8)} x the time of ${BASE}`,
    );
  }
}

/** Opens and edits once, one file after the other; prints the time of each megabyte. */
function grow(name, bytes) {
  const megabytes = bytes.length / 1e6;
  const input = { bytes, text: bytes.toString() };
  const parse = timed(() => ways[BASE](input)) / megabytes;
  let file;
  const opening = timed(() => (file = open(input))) / megabytes;
  const [first] = file.documents[0].entries.slice(-1);
  const edit = { kind: "comment-above", path: first.path, lines: ["Changed."] };
  const editing = timed(() => set(file, edit)) / megabytes;
  const held = process.memoryUsage().rss / 1e6;
  const columns = [parse, opening, editing].map((value) => value.toFixed(0).padStart(6)).join("");
  console.log(
    `${name.padEnd(24)}${megabytes.toFixed(2).padStart(7)} MB${columns} ms/MB ${held.toFixed(0).padStart(6)} MB`,
  );
}

function corpusFiles() {
  const root = join(fileURLToPath(new URL("..", import.meta.url)), "..", "shared", "corpus", "repos");
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return paths.toSorted().map((path) => ({ path, size: statSync(path).size }));
}

function evenly(list, count) {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, index) => list[Math.floor(index * step)]);
}

const files = corpusFiles();
const real = files.length > 0;
const average = real ? files.reduce((sum, { size }) => sum + size, 0) / files.length : SMALL;
const bytesOf = ({ path }) => readFileSync(path);
const some = real
  ? evenly(files, Math.ceil(SAMPLE / average)).map(bytesOf)
  : Array.from({ length: Math.ceil(SAMPLE / SMALL) }, (_, index) => generated(500 + (index % 15) * 500));
const small = real
  ? evenly(
      files.filter(({ path, size }) => path.includes("workflows") && Math.abs(size - SMALL) < 300),
      SMALL_FILES,
    ).map(bytesOf)
  : Array.from({ length: SMALL_FILES }, (_, index) => generated(SMALL - 200 + index * 30));

console.log(real ? "Real CI files." : "Generated files: no corpus beside the repository.");
const inputs = some.flatMap(read);
print("Throughput", inputs, measure(inputs, Object.keys(ways), rounds));
const ones = small.flatMap(read);
const few = [BASE, "open", "open and edit", "apply to an open file"];
// Opening is one parse already; what the edit itself costs is the last line.
print("One key in a workflow of 4 kB", ones, measure(ones, few, rounds * 12));

console.log("\nGrowth".padEnd(25) + "size".padStart(10) + " parse  open  edit".padStart(18));
const largest = files.toSorted((first, second) => second.size - first.size)[0];
if (largest) grow("the largest real file", bytesOf(largest));
for (const size of [0.5, 1, 2, 4, 10]) grow("generated", generated(size * 1e6));
