import { describe, expect, test } from "vitest";
import { ScalarRecord } from "../src/read/nodes.ts";
import { open } from "./harness.ts";

/** Every row of up to `length` pieces. */
function rows(pieces: readonly string[], length: number): string[][] {
  if (length === 0) return [[]];
  const shorter = rows(pieces, length - 1);
  const longest = shorter.filter((row) => row.length === length - 1);
  return [...shorter, ...longest.flatMap((row) => pieces.map((piece) => [...row, piece]))];
}

/** The scalar under `a`; undefined where the text cannot be read. */
function scalarOf(source: string): ScalarRecord | undefined {
  try {
    const node = open(source).node([0, "a"]);
    return node instanceof ScalarRecord ? node : undefined;
  } catch {
    return undefined;
  }
}

/** What stands in the file for each character of a scalar that is no line break or blank: the character, or an escape. */
function misplaced(source: string, { text, map }: ScalarRecord): string[] {
  return Array.from(text).filter((character, index) => {
    const stands = source.slice(map.start(index), map.endBefore(index + 1));
    return !/\s/u.test(character) && stands !== character && !stands.startsWith("\\") && stands !== "''";
  });
}

/** Expects that the editor reads each scalar as the parser does, and knows where its characters stand. */
function expectRead(sources: Iterable<string>): number {
  let read = 0;
  const wrong: string[] = [];
  for (const source of sources) {
    const scalar = scalarOf(source);
    if (scalar === undefined) continue;
    read += 1;
    if (scalar.map.text !== scalar.text || misplaced(source, scalar).length > 0) wrong.push(source);
  }
  expect(wrong).toEqual([]);
  return read;
}

describe("the text of every small scalar is read as the parser reads it, character by character", () => {
  // Blanks alone under a header with a digit are text by the rules of YAML and none to the parser: no part of them is edited.
  const all = rows(["", "  ", "    ", "  x", "   y", "  \tz"], 4);
  const written = all.filter((row) => row.some((line) => /\S/u.test(line)));
  test.each(["|", "|-", "|+", "|2", "|2-", "|2+", ">", ">-", ">+", ">2", ">2-", ">2+"])("under %s", (header) => {
    const lines = /\d/u.test(header) ? written : all;
    const sources = lines.flatMap((row) => ["\n", "\r\n"].map((end) => ["a: ".concat(header), ...row, ""].join(end)));
    const followed = lines
      .filter(({ length }) => length < 4)
      .map((row) => ["a: ".concat(header), ...row, "b: 1", ""].join("\n"));
    expect(expectRead([...sources, ...followed])).toBeGreaterThan(1000);
  });

  const pieces = ["x", " ", "\t", "\n  ", "\n\n  ", "\r\n  ", "é"];
  test.each([
    ["plain", "", "", []],
    ["single-quoted", "'", "'", ["''"]],
    ["double-quoted", '"', '"', ["\\t", "\\\n  ", "\\x41"]],
  ])("%s", (_name, before, after, more) => {
    const sources = rows([...pieces, ...more], 4).map((row) => `a: ${before}${row.join("")}${after}\n`);
    expect(expectRead(sources)).toBeGreaterThan(500);
  });
});
