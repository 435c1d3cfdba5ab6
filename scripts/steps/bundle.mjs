import { root } from "./run.mjs";

/**
 * Bundles sources for Node, without a build before: packages are taken from their `src/`.
 * @param {import("esbuild").BuildOptions & { outfile: string }} options what to bundle, and where to
 */
export async function bundle(options) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["ci-fix-source"],
    // Some dependencies are CommonJS and ask for `require`.
    banner: {
      js: 'import { createRequire as ciFixRequire } from "node:module"; const require = ciFixRequire(import.meta.url);',
    },
    logLevel: "error",
    ...options,
  });
}
