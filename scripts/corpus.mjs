// Runs ci-fix over a folder of repositories, as a user would: `npm run corpus -- ../shared/corpus/repos`. Nothing in it is written.
// Each fix is made in a copy, which must parse again, differ in the told splices alone, and not show the finding again.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadAll } from "js-yaml";
import { build } from "./steps/build.mjs";
import { folderDigest } from "./steps/folder-digest.mjs";
import { install } from "./steps/install.mjs";
import { root, run, stop } from "./steps/run.mjs";

const [given] = process.argv.slice(2);
if (given === undefined) stop("Usage: npm run corpus -- FOLDER\nFOLDER holds one repository in each of its folders.");
await install();
await build();

const cli = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");
const folder = resolve(given);
const scratch = mkdtempSync(join(tmpdir(), "ci-fix-corpus-"));
const tally = { repositories: 0, files: 0, errors: 0, fixes: 0 };
const classes = new Map();
const refusals = new Map();
const wrong = [];
const started = process.hrtime.bigint();
let scanning = 0n;

for (const name of readdirSync(folder).sort()) await checkRepository(name);
rmSync(scratch, { recursive: true, force: true });
print();
process.exitCode = wrong.length === 0 ? 0 : 1;

async function checkRepository(name) {
  const repository = join(folder, name);
  const before = folderDigest(repository);
  const from = process.hrtime.bigint();
  const result = await scan(repository, name);
  scanning += process.hrtime.bigint() - from;
  if (folderDigest(repository) !== before) wrong.push(`${name}: the scan wrote a file`);
  if (result === undefined) return;
  tally.repositories++;
  tally.files += result.files;
  tally.errors += result.errors.length;
  for (const finding of result.findings) count(finding);
  const fixes = result.findings.filter(({ outcome }) => outcome.edits.length > 0);
  for (const finding of fixes) await checkFix(repository, finding, `${name}/${finding.file}:${finding.line}`);
  if (fixes.length > 0) await checkAll(repository, result, name);
}

/** What `scan --format json` prints; undefined, and told, where it does not end as it should. */
async function scan(cwd, name) {
  const { code, output } = await run(process.execPath, [cli, "scan", "--format", "json"], { cwd });
  try {
    const result = JSON.parse(output);
    if (code === 0 || code === 1) return result;
  } catch {
    // Told below.
  }
  wrong.push(`${name}: exit code ${code}: ${output.slice(0, 300)}`);
  return undefined;
}

function count({ class: risk, outcome }) {
  const row = classes.get(risk) ?? { found: 0, fix: 0, document: 0, skip: 0 };
  row.found++;
  row[outcome.kind]++;
  classes.set(risk, row);
  if (outcome.kind !== "skip") return;
  const key = `${risk} ${outcome.reason}`;
  refusals.set(key, (refusals.get(key) ?? 0) + 1);
}

async function checkFix(repository, finding, at) {
  tally.fixes++;
  const copy = copied(repository);
  const file = join(copy, finding.file);
  const before = readFileSync(file);
  const after = spliced(before, finding.outcome.edits);
  if (after.equals(before)) wrong.push(`${at}: the edits change nothing`);
  if (isReadable(before) && !isReadable(after)) wrong.push(`${at}: another parser refuses the changed file`);
  writeFileSync(file, after);
  const again = await scan(copy, at);
  const errors = again?.errors.filter((error) => error.file === finding.file) ?? [];
  for (const error of errors) wrong.push(`${at}: the changed file is refused: ${error.message}`);
  if (again?.findings.some((other) => isSame(other, finding))) wrong.push(`${at}: found again once it is fixed`);
}

function isSame(other, { file, fingerprint }) {
  return other.file === file && other.fingerprint === fingerprint && other.outcome.kind !== "skip";
}

/** All fixes of a repository at once: nothing that can be fixed is left, and only files with a fix changed. */
async function checkAll(repository, { findings }, name) {
  const copy = copied(repository);
  const { code, output } = await run(process.execPath, [cli, "--all", "--include-review", "--write"], { cwd: copy });
  if (code !== 0) wrong.push(`${name}: --all --write ends with ${code}: ${output.slice(0, 300)}`);
  const again = await scan(copy, name);
  const left = again?.findings.filter(({ outcome }) => outcome.kind !== "skip" && outcome.safety !== "report") ?? [];
  for (const { file, line } of left) wrong.push(`${name}/${file}:${line}: left after all fixes were made`);
  for (const file of new Set(findings.filter(({ outcome }) => outcome.edits.length > 0).map((each) => each.file))) {
    cpSync(join(repository, file), join(copy, file));
  }
  if (folderDigest(copy) !== folderDigest(repository)) wrong.push(`${name}: a file without a fix was changed`);
}

function copied(repository) {
  const copy = join(scratch, "copy");
  rmSync(copy, { recursive: true, force: true });
  cpSync(repository, copy, { recursive: true });
  return copy;
}

/** Byte offsets in the file as it is on disk. */
function spliced(before, edits) {
  const parts = [];
  let at = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(before.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...parts, before.subarray(at)]);
}

function isReadable(bytes) {
  try {
    loadAll(bytes.toString("utf8"), () => {});
    return true;
  } catch {
    return false;
  }
}

function byKey([a], [b]) {
  return a < b ? -1 : 1;
}

function print() {
  const seconds = (time) => (Number(time) / 1e9).toFixed(1);
  const say = (text = "") => process.stdout.write(`${text}\n`);
  const { repositories, files, errors, fixes } = tally;
  say(`${repositories} repositories, ${files} CI files, ${errors} that could not be read`);
  say(`scanned in ${seconds(scanning)} s, one process each; ${seconds(process.hrtime.bigint() - started)} s in all`);
  say(`\n${"class".padEnd(28)}found  fixed  documented  left alone`);
  for (const [risk, { found, fix, document, skip }] of [...classes].sort(byKey)) {
    const cells = [String(found).padStart(5), String(fix).padStart(7), String(document).padStart(12)];
    say(`${risk.padEnd(28)}${cells.join("")}${String(skip).padStart(12)}`);
  }
  say(`\n${"left alone because".padEnd(47)}times`);
  for (const [key, times] of [...refusals].sort(byKey)) say(`${key.padEnd(47)}${String(times).padStart(5)}`);
  say(`\n${fixes} fixes made in copies, ${wrong.length} of the checks failed`);
  for (const line of wrong) say(`  ${line}`);
}
