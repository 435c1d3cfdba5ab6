// Starts a new class of risk: npm run new-codemod -- strip-foo "one line that says what it does"
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codemodFiles } from "./steps/codemod-template.mjs";
import { install } from "./steps/install.mjs";
import { installed, root, run, stop } from "./steps/run.mjs";

const usage = 'npm run new-codemod -- strip-foo "one line that says what it does"';
const [id = "", summary = ""] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)+$/.test(id)) stop(`The name of a codemod is verb-object, such as drop-dead-jobs.\n${usage}`);
if (summary.trim() === "" || summary.includes("\n")) stop(`Say in one line what it does.\n${usage}`);
const folder = join("codemods", id);
if (existsSync(join(root, folder))) stop(`${folder} is there already.`);

await install();
for (const [path, text] of Object.entries(codemodFiles(id, summary.trim().replace(/\.$/, "")))) {
  const file = join(root, folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
link();
register();
await format();
const { code, output } = await run(process.execPath, ["scripts/generate.mjs"]);
if (code !== 0) stop("npm run generate failed.", output);

process.stdout.write(`Made ${folder} and registered it. Its rule is not written yet, so its tests fail:

  npx vitest run ${folder}

Then, in this order:
  1. ${folder}/fixtures/fix-first-case  put a real case into input.yml and what should become of it into output.yml
  2. ${folder}/src/find.ts              write the rule, and the edit
  3. UPDATE_FIXTURES=1 npx vitest run ${folder}   writes output.yml and findings.json anew: read the difference, run again
  4. ${folder}/fixtures                 add keep-… for what looks alike and is fine, skip-… for what is found and left alone
  5. ${folder}/README.md                the page that \`ci-fix explain\` shows; then npm run generate
  6. npm run check
`);

/** What `npm install` does for a workspace, without asking the network. */
function link() {
  const path = join(root, "node_modules", "@ci-fix", id);
  if (!existsSync(path)) symlinkSync(join("..", "..", folder), path, "junction");
  editJson("package-lock.json", (lock) => {
    const { name, version, license, dependencies, engines } = readJson(join(folder, "package.json"));
    lock.packages[`codemods/${id}`] = { name, version, license, dependencies, engines };
    lock.packages[`node_modules/@ci-fix/${id}`] = { resolved: `codemods/${id}`, link: true };
    lock.packages["packages/runner"].dependencies[name] = version;
    lock.packages["packages/runner"].dependencies = sorted(lock.packages["packages/runner"].dependencies);
    const { "": top, ...rest } = lock.packages;
    lock.packages = { "": top, ...sorted(rest) };
  });
}

function register() {
  editJson("packages/runner/package.json", (runner) => {
    runner.dependencies = sorted({ ...runner.dependencies, [`@ci-fix/${id}`]: "0.1.0" });
  });
  editJson("packages/runner/tsconfig.json", (config) => config.references.push({ path: `../../codemods/${id}` }));
  editJson("tsconfig.json", (config) => config.references.push({ path: `codemods/${id}` }));
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

function editJson(path, change) {
  const data = readJson(path);
  change(data);
  const text = JSON.stringify(data, undefined, 2).replaceAll(/\{\n\s+("path": "[^"]+")\n\s+\}/g, "{ $1 }");
  writeFileSync(join(root, path), `${text}\n`);
}

function sorted(map) {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => a.localeCompare(b, "en")));
}

async function format() {
  const files = [folder, "packages/runner/package.json", "packages/runner/tsconfig.json", "tsconfig.json"];
  const result = await run(installed("oxfmt"), files);
  if (result.code !== 0) stop("The new files cannot be formatted.", result.output);
}
