// Bundles the command line into dist/: one entry and the parts that it loads when a command needs them, nothing else to install.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { codemodMetas, exceptionMeta } from "../../../scripts/steps/codemods.mjs";

const folder = fileURLToPath(new URL("../", import.meta.url));
const dist = join(folder, "dist");

mkdirSync(join(dist, "schema"), { recursive: true });

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: { "ci-fix": "src/main.ts" },
  outdir: dist,
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  conditions: ["ci-fix-source"],
  // Heavy, and of use to `batch` alone: found beside the bundle where it is installed.
  external: ["@electric-sql/pglite", "pg-native"],
  // Some dependencies are CommonJS and require Node's own modules.
  banner: {
    js: 'import { createRequire as ciFixRequire } from "node:module"; const require = ciFixRequire(import.meta.url);',
  },
  legalComments: "eof",
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
  metafile: true,
});
// Parts of earlier bundles go last, so that a program that runs meanwhile still finds its own.
const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const file of readdirSync(dist)) if (file.endsWith(".mjs") && !written.has(file)) rmSync(join(dist, file));
chmodSync(join(dist, "ci-fix.mjs"), 0o755);

for (const [name, source] of [
  ["scan", "../report/schema/scan.schema.json"],
  ["register", "../register/schema/register.schema.json"],
  ["audit", "../audit/schema/audit.schema.json"],
  ["milestone", "../audit/schema/milestone.schema.json"],
]) {
  copyFileSync(join(folder, source), join(dist, "schema", `${name}.schema.json`));
}

// The published schema of the policy knows the classes there are, so that editors complete them.
const policy = JSON.parse(readFileSync(join(folder, "../register/schema/policy.schema.json"), "utf8"));
const metas = [...(await codemodMetas()), await exceptionMeta()];
policy.$defs.class.enum = metas.flatMap(({ classes }) => classes.map(({ id }) => id));
writeFileSync(join(dist, "schema", "policy.schema.json"), `${JSON.stringify(policy, undefined, 2)}\n`);
