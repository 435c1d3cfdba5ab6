import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contextPaths, evaluate, parseExpression, parseTemplate, unrecognized, type Value } from "@ci-fix/expression";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scalar } from "./arbitrary.ts";
import { judgeEvaluate, judgeParse, judgeShape, ourShape, type World } from "./judge.ts";

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

  test("evaluate to what GitHub's own evaluator gives them, under random contexts", { timeout: 3_600_000 }, () => {
    const counts = { expressions: 0, values: 0, failures: 0 };
    for (const text of expressions()) {
      const ours = parseExpression(text);
      if (!ours.ok || unrecognized(ours.tree).length > 0) continue;
      counts.expressions++;
      const paths = contextPaths(ours.tree);
      fc.assert(
        fc.property(worldWith(paths), (facts) => {
          const { contexts, status } = facts;
          const got = evaluate(ours.tree, {
            context: (name) => contexts[name] ?? null,
            status: (name) => status[name],
            call: (name) => (name === "hashfiles" ? "hash" : undefined),
          });
          const judged = judgeEvaluate(text, facts);
          expect(got.ok ? got.value : "fails", text).toEqual(judged.ok ? judged.value : "fails");
          counts[got.ok ? "values" : "failures"]++;
        }),
        { numRuns: worlds },
      );
    }
    if (worlds > 2) process.stderr.write(`${JSON.stringify(counts)}\n`);
    expect(counts.expressions).toBeGreaterThan(1_000);
    expect(counts.values).toBeGreaterThan(counts.expressions);
  });
});

/** In how many worlds each expression is evaluated; `CI_FIX_FUZZ_RUNS` raises it. */
const worlds = process.env["CI_FIX_FUZZ_RUNS"] === undefined ? 2 : 25;

/** Something behind each path that an expression reads; now and then a list, or nothing at all. */
function worldWith(paths: readonly (readonly string[])[]): fc.Arbitrary<World> {
  const status = fc.record({
    success: fc.boolean(),
    failure: fc.boolean(),
    cancelled: fc.boolean(),
    always: fc.constant(true),
  });
  const value = fc.oneof(
    { weight: 5, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constantFrom<Value>("refs/heads/main", "pull_request", '["a", "b"]', '{"a": [1]}') },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  );
  return fc
    .record({ status, values: fc.array(value, { minLength: paths.length, maxLength: paths.length }) })
    .map(({ status: of, values }) => {
      const contexts: Record<string, Value> = {};
      for (const [index, path] of paths.entries()) place(contexts, path, values[index] ?? null);
      return { contexts, status: of };
    });
}

function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Puts a value behind a path; a wildcard stands for two members. What stands in the way is replaced. */
function place(root: Record<string, Value>, [first = "", ...rest]: readonly string[], value: Value): void {
  for (const key of first === "*" ? ["one", "two"] : [first.toLowerCase()]) {
    if (rest.length === 0) root[key] = value;
    else {
      const old = root[key];
      const inner: Record<string, Value> = isRecord(old) ? { ...old } : {};
      place(inner, rest, value);
      root[key] = inner;
    }
  }
}
