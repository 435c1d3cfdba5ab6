import fc from "fast-check";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { markFinder } from "../src/marks.ts";

const finds = (text: string | Uint8Array, ...marks: string[]): boolean => markFinder(Buffer.from(text))(marks);

describe("a mark is found", () => {
  test.each([
    ["as it is written", "a: continue-on-error\n"],
    ["in a string with an escaped line break", '? "continue-\\\n    on-error"\n'],
    ["in a string with an escaped line break of a file with CRLF", '? "continue-\\\r\n\ton-error"\n'],
    ["in a string that may spell it", 'a: "continue\\x2don-error"\n'],
    ["in a string that may spell it otherwise", 'a: "\\u0063ontinue-on-error"\n'],
    ["in a string that may spell it at length", 'a: "\\U00000063ontinue-on-error"\n'],
  ])("%s", (_name, text) => {
    expect(finds(text, "absent", "continue-on-error")).toBe(true);
  });

  test("behind an escaped slash, and in UTF-16, which is not read at all", () => {
    expect(finds('uses: ".\\/action"\n', "./")).toBe(true);
    expect(finds(Buffer.from("\uFEFFa: 1\n", "utf16le"), "continue-on-error")).toBe(true);
  });
});

test("a mark that stands nowhere is denied, and so is one that a folded line would part", () => {
  expect(finds("a: b\n", "continue-on-error")).toBe(false);
  expect(finds('a: "continue-\n  on-error"\n', "continue-on-error")).toBe(false);
  expect(finds("run: |\n  one \\\n    two\n", "continue-on-error")).toBe(false);
});

test("no way to write a word between double quotes hides it", () => {
  const spelled = (character: string): fc.Arbitrary<string> =>
    fc.constantFrom(
      character,
      character,
      character,
      `\\\n ${character}`,
      `\\\r\n\t${character}`,
      `\\x${character.charCodeAt(0).toString(16)}`,
      character === "/" ? "\\/" : character,
    );
  fc.assert(
    fc.property(fc.tuple(...Array.from("./on-x", spelled)), (pieces) => {
      const text = `"a ${pieces.join("")} b"`;
      expect(load(text)).toBe("a ./on-x b");
      expect(finds(text, "./on-x")).toBe(true);
    }),
  );
});
