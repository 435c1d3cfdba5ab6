import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => path.replaceAll("\\", "/"));

/** The files of this package that a file imports, and those that these import. */
function reach(path: string, seen = new Set<string>()): ReadonlySet<string> {
  const text = readFileSync(join(src, path), "utf8");
  for (const [, name = ""] of text.matchAll(/\bfrom "(\.{1,2}\/[^"]+)"/gu)) {
    const target = normalize(join(dirname(path), name)).replaceAll("\\", "/");
    if (seen.has(target)) continue;
    seen.add(target);
    if (!/import type|export type/u.test(lineOf(text, name))) reach(target, seen);
  }
  return seen;
}

function lineOf(text: string, name: string): string {
  return text.split("\n").find((line) => line.includes(`from "${name}"`)) ?? "";
}

/** What both sides agree on: the form of a certificate, and that of what is known of scripts. */
const contract = new Set(["types.ts", "script-model.ts"]);

const within = (folder: string): readonly string[] => files.filter((path) => path.startsWith(`${folder}/`));

describe("the checker", () => {
  it("imports nothing of the prover", () => {
    expect(within("check").length).toBeGreaterThan(5);
    const used = new Set(within("check").flatMap((path) => [...reach(path)]));
    expect([...used].filter((path) => !path.startsWith("check/") && !contract.has(path))).toEqual([]);
    expect(used).toContain("check/oracle.ts");
  });

  it("is imported by nothing of the prover", () => {
    const prover = files.filter((path) => !path.startsWith("check/") && path !== "index.ts");
    expect(prover.filter((path) => [...reach(path)].some((used) => used.startsWith("check/")))).toEqual([]);
    expect([...reach("certificate/prove.ts")]).toContain("engine/diagram.ts");
  });
});
