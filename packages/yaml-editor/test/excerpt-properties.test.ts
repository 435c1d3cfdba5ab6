import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readExcerpt } from "../src/check/reading.ts";
import type { SourceFile } from "../src/read/source-file.ts";
import { expectAlike, opened, resultOf, type Splice } from "./readings.ts";
import { uglyYaml } from "./ugly-yaml.ts";

const numRuns = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 300);

/** Texts that break out of where they stand, or change what the text around them is. */
const nasty = fc.constantFrom(
  "",
  "",
  " ",
  "  ",
  "\n",
  "\n\n",
  "\n  \n",
  "\r\n",
  "\t",
  "\n\t\n",
  "x",
  "#",
  " #",
  " # c\n",
  "'",
  '"',
  '"\n',
  "'x\n",
  "[",
  "{",
  "]",
  "}",
  "[a,\n",
  "[\n]",
  ",",
  ":",
  ": ",
  ":\n",
  "- ",
  "-\n",
  "\n- x\n",
  "? ",
  "?\n",
  "\n? x\n",
  ": x\n",
  "|",
  "|\n",
  "|+\n\n",
  "|-\n",
  ">2\n",
  ">\n   x\n",
  "|+\n    x\n\n\n",
  "\n---\n",
  "---\n",
  "...\n",
  "\n...\n",
  "%YAML 1.1\n",
  "\uFEFF",
  "!",
  "!!str ",
  "!!set ",
  "!!omap\n",
  "&one ",
  "*one",
  "<<: x\n",
  "a: 1\n",
  "  a: 1\n",
  "\na: 1\n",
  "\n  a: 1\n",
  "\n    a: 1\n",
  "\n      a: |\n",
  "a:\n",
  "a: b\n  c\n",
  "k: 'open\n",
  "k: [open\n",
  "\\\n",
  "é🎈",
);

/** Offsets where something begins or ends, and some in between. */
function offset(file: SourceFile, seed: number): number {
  const { text, lines } = file;
  const children = [...file.walk()];
  const child = children[seed % Math.max(1, children.length)];
  const line = seed % lines.count;
  const places = [
    seed % (text.length + 1),
    lines.start(line),
    lines.contentEnd(line),
    ...(child ? [child.span.start, child.span.end, child.value?.span.start ?? child.span.end] : []),
  ];
  return places[(seed >> 8) % places.length] ?? 0;
}

const seeds = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3), nasty), { minLength: 1, maxLength: 2 });

function splicesOf(file: SourceFile, from: readonly (readonly [number, number, number, string])[]): Splice[] {
  const splices: Splice[] = [];
  const wanted = from.map(([at, to, length, text]) => {
    const start = offset(file, at);
    const far = length === 0 ? start : length === 1 ? start + (to % 4) : offset(file, to);
    return { start, end: Math.min(file.text.length, Math.max(start, far)), text };
  });
  for (const one of wanted.toSorted((first, second) => first.start - second.start || first.end - second.end))
    if (one.start > (splices.at(-1)?.end ?? -1)) splices.push(one);
  return splices;
}

/** Ugly files, most of them without anchors and aliases: with them, all is read as a whole. */
const uglyFile = fc
  .tuple(uglyYaml, fc.nat(9))
  .map(([source, refers]) => {
    try {
      if (refers > 0) return opened(source.replaceAll(/&(?:one|two) |\*(?=one|two)/gu, ""));
      return opened(source);
    } catch {
      return undefined;
    }
  })
  .filter((file) => file !== undefined);

describe("a result that is read in part", () => {
  test("means what the whole of it means, whatever was spliced", () => {
    let taken = 0;
    fc.assert(
      fc.property(uglyFile, seeds, (file, from) => {
        const result = resultOf(file, splicesOf(file, from));
        const excerpt = readExcerpt(file, result);
        if (excerpt === undefined) return;
        taken += 1;
        expectAlike(file, result, excerpt);
      }),
      { numRuns: numRuns * 4 },
    );
    expect(taken).toBeGreaterThan(numRuns / 4);
  });
});
