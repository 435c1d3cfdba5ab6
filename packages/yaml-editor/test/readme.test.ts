import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { compileFunction } from "node:vm";
import { describe, expect, test } from "vitest";
import * as editor from "../src/index.ts";
import type { RefusalCode } from "../src/index.ts";
import { edited, open } from "./harness.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gsu)].map((match) => match[1] ?? "");

/** The statements of a block: each `expression; // => value` becomes a pair for the test to compare. */
function runnable(block: string): string {
  const body = block
    .replace(/^import .*$/gmu, "")
    .replaceAll(
      /^(\S[^\n]*?|\);?)?\s*; \/\/ => (.*)$/gmu,
      (_line, head: string | undefined, value: string) => `${head ?? ""}, ${value}]);`,
    );
  return body
    .split("\n")
    .map((line, index, lines) => (startsExpectation(line, lines.slice(index)) ? `pairs.push([${line}` : line))
    .join("\n");
}

function startsExpectation(line: string, rest: readonly string[]): boolean {
  if (/^(?:result|file)\b/u.test(line)) return true;
  return line.startsWith("edit(") && rest.some((later) => later.startsWith("), "));
}

describe("the README", () => {
  test.each(
    blocks.map((block) => [stripVTControlCharacters(block.split("\n").find((line) => line !== "") ?? ""), block]),
  )("runs: %s", (_title, block) => {
    const code = runnable(block);
    const pairs: [unknown, unknown][] = [];
    const run = compileFunction(code, ["applyEdits", "openYaml", "edit", "open", "pairs"]) as (
      ...names: unknown[]
    ) => void;
    run(editor.applyEdits, editor.openYaml, edited, open, pairs);
    expect(pairs).toHaveLength(block.match(/\/\/ =>/gu)?.length ?? 0);
    expect(pairs.length).toBeGreaterThan(0);
    for (const [found, wanted] of pairs) expect(found).toEqual(wanted);
  });

  test("names every refusal code, and no other", () => {
    const codes: Record<RefusalCode, true> = {
      "invalid-utf8": true,
      "parse-error": true,
      "too-deep": true,
      "too-large": true,
      "alias-bomb": true,
      "no-such-target": true,
      "ambiguous-target": true,
      "wrong-target-kind": true,
      "anchor-in-use": true,
      "alias-target": true,
      "merge-key": true,
      "last-entry": true,
      "key-exists": true,
      "overlapping-edits": true,
      "unmappable-range": true,
      "cannot-represent": true,
      "comment-would-change": true,
      "check-failed": true,
    };
    const named = [...readme.matchAll(/^\| `([a-z0-9-]+)` \|/gmu)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set(Object.keys(codes)));
  });
});
