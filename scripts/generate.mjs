// Writes every file that follows from others: the list of codemods, the pages of
// their classes, that of the command line, the table and the excerpt in the README,
// the descriptions in their manifests, the schema of an audit, the licence of each package.
// `--check` writes nothing and fails when one is stale.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codemodIds, codemodMetas } from "./steps/codemods.mjs";
import { commandLinePage } from "./steps/command-line.mjs";
import { excerpt } from "./steps/excerpt.mjs";
import { install } from "./steps/install.mjs";
import { classPage, codemodList, codemodTable, placed } from "./steps/pages.mjs";
import { installed, root, run, stop } from "./steps/run.mjs";

const check = process.argv.includes("--check");
await install();

// The list comes first: with a codemod that it does not name, nothing else would see it.
const listPath = "packages/runner/src/codemods.ts";
const stale = [settle(listPath, await formatted(listPath, codemodList(codemodIds())))];

const metas = await codemodMetas();
for (const meta of metas) {
  const text = readFileSync(join(root, "codemods", meta.id, "README.md"), "utf8");
  stale.push(settle(`docs/classes/${meta.id}.md`, classPage(meta, text)));
  stale.push(settle(`codemods/${meta.id}/package.json`, described(meta)));
}
stale.push(...leftovers(metas.map((meta) => `${meta.id}.md`)));

for (const script of ["packages/ci-fix/scripts/generate-pages.mjs", "packages/audit/scripts/generate-schema.mjs"]) {
  if (!existsSync(join(root, script))) continue;
  const { code, output } = await run(process.execPath, [join(root, script), ...(check ? ["--check"] : [])]);
  if (code !== 0 && !check) stop(`${script} failed.`, output);
  if (code !== 0) stale.push(output.trim());
}

const licence = readFileSync(join(root, "LICENSE"), "utf8");
for (const folder of workspaces()) stale.push(settle(`${folder}/LICENSE`, licence));

// A test compares it: it takes the whole command line to make.
if (!check) stale.push(settle("docs/command-line.md", await commandLinePage()));

// Last, because it runs the command line, with the pages above in it.
const readme = readFileSync(join(root, "README.md"), "utf8");
const withTable = placed(readme, "codemods", codemodTable(metas));
stale.push(settle("README.md", placed(withTable, "excerpt", await excerpt(readme))));

const found = stale.filter((path) => path !== undefined);
if (check && found.length > 0)
  stop(`Not in step with what they are made from:\n  ${found.join("\n  ")}\nRun: npm run generate`);
if (!check)
  process.stderr.write(found.length === 0 ? "All generated files are in step\n" : `Wrote ${found.join(", ")}\n`);

/** Brings a file into step; gives its path if it was not. */
function settle(path, text) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return undefined;
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return path;
}

/** The folders of all packages: npm packs the licence that lies in them, and no other. */
function workspaces() {
  return ["packages", "codemods", "editors"].flatMap((top) =>
    readdirSync(join(root, top))
      .map((name) => `${top}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json"))),
  );
}

/** The manifest of a codemod, which says the same of it as its summary. */
function described({ id, summary }) {
  const text = readFileSync(join(root, "codemods", id, "package.json"), "utf8");
  return text.replace(/^( {2}"description": ).*(,)$/m, (_, before, after) => before + JSON.stringify(summary) + after);
}

/** A text as the formatter would have it. */
async function formatted(path, text) {
  const { code, output } = await run(installed("oxfmt"), [`--stdin-filepath=${path}`], { input: text });
  if (code !== 0) stop(`${path} cannot be formatted.`, output);
  return output;
}

/** Pages of codemods that are gone. */
function leftovers(wanted) {
  const folder = join(root, "docs", "classes");
  const extra = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => !wanted.includes(file));
  if (!check) for (const file of extra) rmSync(join(folder, file));
  return extra.map((file) => `docs/classes/${file}`);
}
