import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { bundle } from "./command-line.ts";

/** The files of the bundle that are loaded together with one of them, with their texts. */
function loadedWith(file: string, seen: Map<string, string> = new Map()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(join(dirname(bundle), file), "utf8");
  seen.set(file, text);
  for (const [, next] of text.matchAll(/(?:from|import)"\.\/([^"]+\.mjs)"/g)) loadedWith(next!, seen);
  return seen;
}

it("help, version and usage errors load the parser of the command line and nothing heavy", () => {
  const cli = /import\("\.\/(cli-[^"]+)"\)/.exec(readFileSync(bundle, "utf8"))?.[1];
  const parts = [...loadedWith(cli!).values()];
  expect(parts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(130_000);
  for (const heavy of ["node_modules/yaml", "applyEdits", "structuredPatch"]) {
    expect(parts.filter((text) => text.includes(heavy))).toEqual([]);
  }
});
