// What the codemods say of themselves, read from their sources (no build is needed).
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { root } from "./run.mjs";

/** Folders of `codemods/`, sorted. */
export function codemodIds() {
  return (
    readdirSync(join(root, "codemods"), { withFileTypes: true })
      // What git leaves behind of another branch (an ignored dist/) is no codemod.
      .filter((entry) => entry.isDirectory() && existsSync(join(root, "codemods", entry.name, "package.json")))
      .map((entry) => entry.name)
      .sort()
  );
}

/** @returns {Promise<import("../../packages/codemod/src/types.ts").CodemodMeta[]>} in the order of their ids */
export async function codemodMetas() {
  const ids = codemodIds();
  const folder = mkdtempSync(join(root, "node_modules", ".codemods-"));
  try {
    const outfile = join(folder, "codemods.mjs");
    const lines = ids.map((id, index) => `export { default as codemod${index} } from "./codemods/${id}/src/index.ts";`);
    await bundle({
      stdin: { contents: lines.join("\n"), resolveDir: root },
      outfile,
    });
    const loaded = await import(pathToFileURL(outfile).href);
    return ids.map((_, index) => loaded[`codemod${index}`].meta);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the classes about exceptions say of themselves, from the source: no build is needed. */
export async function exceptionMeta() {
  const { build } = await import("esbuild");
  const entry = join(root, "packages", "register", "src", "exceptions", "rules.ts");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "esm" });
  const code = Buffer.from(outputFiles[0].text).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)).exceptionRules.meta;
}
