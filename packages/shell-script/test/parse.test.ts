import { describe, expect, it } from "vitest";
import { maskExpressions, readShellScript } from "../src/index.ts";

const bash = { dialect: "bash", errexit: true, pipefail: false } as const;

describe("expressions in scripts", () => {
  it.each([
    ["make ${{ inputs.target }}", "${{ inputs.target }}"],
    ["echo ${{ '}}' }} | tee log", "${{ '}}' }}"],
    ["echo '${{ a }}' done", "${{ a }}"],
    ["${{ matrix.command }}", "${{ matrix.command }}"],
    ["echo ${{ a\n}}; b", "${{ a\n}}"],
    ["echo ${{ unclosed", "${{ unclosed"],
  ])("%s", (text, expression) => {
    expect(maskExpressions(text)).toBe(text.replace(expression, () => "_".repeat(expression.length)));
  });
});

describe("the commands of a script", () => {
  it("stand where they are said to stand, whatever stands before them", () => {
    const text = '# 🧪 tests\nX=1 ${{ matrix.run }} pytest -q "a b" 2>&1 | tee \'${{ x }}.log\'\nout=$(make "📦")\n';
    const script = readShellScript(text, bash);
    expect(script?.commands.map(({ words, span }) => [words, text.slice(span.start, span.end)])).toEqual([
      [["${expression}", "pytest", "-q", "a b"], 'X=1 ${{ matrix.run }} pytest -q "a b" 2>&1'],
      [["tee", "${expression}.log"], "tee '${{ x }}.log'"],
      [["make", "📦"], 'make "📦"'],
    ]);
  });

  it("are not placed inside backticks with escapes", () => {
    const script = readShellScript("a `b \\`c\\``\nd\n", bash);
    expect(script?.commands.map(({ words, isPlaced }) => [words[0], isPlaced])).toContainEqual(["c", false]);
    expect(script?.commands.at(-1)).toMatchObject({ words: ["d"], isPlaced: true });
  });

  it("are none in what bash refuses", () => {
    expect(readShellScript("if true; then\n", bash)).toBeUndefined();
  });
});
