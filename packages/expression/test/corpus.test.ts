import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseExpression, parseTemplate, unrecognized } from "@ci-fix/expression";
import { describe, expect, test } from "vitest";
import { judgeParse, judgeShape, ourShape } from "./judge.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus/repos");

/** Every `${{ }}` and every one-line `if:` of the CI files, each once. */
function expressions(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of readdirSync(corpus, { recursive: true, encoding: "utf8" })) {
    if (!/\.ya?ml$/.test(name)) continue;
    const text = readFileSync(join(corpus, name), "utf8");
    for (const part of parseTemplate(text))
      if (part.kind === "expression") found.add(text.slice(part.inner.start, part.inner.end));
    for (const [, bare] of text.matchAll(/^[ -]*if: *([^'"|>$\s#][^#\n]*)$/gm))
      if (bare !== undefined && !bare.includes("${{")) found.add(bare);
  }
  return found;
}

describe.runIf(existsSync(corpus))("the expressions of real CI files", () => {
  test("parse to the tree that GitHub's own parser gives them", () => {
    const all = expressions();
    expect(all.size).toBeGreaterThan(1_000);
    for (const text of all) {
      const ours = parseExpression(text);
      const judged = judgeParse(text);
      const isAccepted = ours.ok && unrecognized(ours.tree).length === 0;
      expect(isAccepted ? ourShape(ours.tree) : "refused", text).toEqual(
        judged === undefined ? "refused" : judgeShape(judged),
      );
    }
  });
});
