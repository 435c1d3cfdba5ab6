import { expect, test } from "vitest";

const { judge } = (await import(new URL("../scripts/steps/mutants.mjs", import.meta.url).href)) as {
  judge: (files: Record<string, unknown>, known: readonly unknown[]) => Record<string, unknown>;
};

const source = "const a = 1;\n  if (a === b) return a;\n";

/** A mutant of `a === b`. */
function mutant(replacement: string, status: string): unknown {
  return { replacement, status, location: { start: { line: 2, column: 7 }, end: { line: 2, column: 14 } } };
}

const place = { file: "src/a.ts", line: "if (a === b) return a;" };

test("a mutant that survives is named with its line and its change, unless it is listed", () => {
  const files = {
    "src/a.ts": { source, mutants: [mutant("true", "Survived"), mutant("false", "NoCoverage"), mutant("a", "Killed")] },
  };
  const known = [{ ...place, change: "a === b → false", why: "a shortcut" }];
  expect(judge(files, known)).toEqual({
    counts: { Survived: 1, NoCoverage: 1, Killed: 1 },
    survivors: [{ ...place, change: "a === b → true", at: 2, status: "Survived" }],
    killed: [],
    gone: [],
    equivalent: 1,
  });
});

test("what is listed and told by a test, or listed for code that is gone, is named; files that were not looked at are not", () => {
  const files = { "src/a.ts": { source, mutants: [mutant("true", "Killed")] } };
  const known = [
    { ...place, change: "a === b → true", why: "" },
    { ...place, change: "a == b → true", why: "" },
    { file: "src/b.ts", line: "b();", change: "b() → c()", why: "" },
  ];
  expect(judge(files, known)).toMatchObject({
    survivors: [],
    killed: [{ change: "a === b → true" }],
    gone: [{ change: "a == b → true" }],
  });
});
