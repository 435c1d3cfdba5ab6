import {
  evaluate,
  parseCondition,
  removeFalseGuard,
  truthiness,
  type Expression,
  type UnguardResult,
} from "@ci-fix/expression";
import fc from "fast-check";
import { expect, test } from "vitest";
import { guardedChains } from "../src/guards.ts";
import { reference, RUNS, world } from "./arbitrary.ts";
import type { World } from "./judge.ts";

function unguard(text: string): UnguardResult {
  return removeFalseGuard(parseCondition(text));
}

/** Spells a tree again with every guard written `true`. */
function withOpenGuards(text: string, tree: Expression): string {
  const guards = guardedChains(tree).flatMap((chain) => [...chain.guards]);
  return guards
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((rest, guard) => `${rest.slice(0, guard.span.start)}true${rest.slice(guard.span.end)}`, text);
}

function isTrue(text: string, { contexts, status }: World): boolean {
  const { tree } = parseCondition(text);
  if (tree === undefined) throw new Error(`does not parse: ${text}`);
  const result = evaluate(tree, { context: (name) => contexts[name] ?? null, status: (name) => status[name] });
  if (!result.ok) throw new Error(`${result.message}: ${text}`);
  return truthiness({ kind: "value", value: result.value }) === true;
}

const blank = fc.constantFrom("", " ", "  ", "\n", "\r\n    ");
const atom = fc.oneof(
  reference,
  fc.constantFrom(
    "success()",
    "!cancelled()",
    "inputs.deploy == false",
    "'it''s && false' == matrix.os",
    "true",
    "!(false && inputs.deploy)",
  ),
);
const guard = fc.constantFrom("false", "(false)", "!true", "!(true)", "!(!false)", "( false )");

/** Conditions of `&&`, `||` and parentheses with guards strewn over them. */
const guarded: fc.Arbitrary<string> = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
  leaf: fc.oneof({ weight: 3, arbitrary: atom }, { weight: 2, arbitrary: guard }),
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: "guarded" },
    tie("leaf"),
    fc
      .tuple(tie("tree"), blank, fc.constantFrom("&&", "&&", "||"), blank, tie("tree"))
      .map(([left, before, operator, after, right]) => `${left}${before}${operator}${after}${right}`),
    fc.tuple(blank, tie("tree"), blank).map(([before, inner, after]) => `(${before}${inner}${after})`),
  ),
})).tree;

test("every repair is the original with its guards read as true, in random worlds", () => {
  let repaired = 0;
  fc.assert(
    fc.property(
      guarded,
      fc.boolean(),
      fc.array(world, { minLength: 8, maxLength: 8 }),
      (expression, isWrapped, worlds) => {
        const text = isWrapped ? `\${{ ${expression} }}` : expression;
        const condition = parseCondition(text);
        const result = removeFalseGuard(condition);
        if (!result.ok || condition.tree === undefined) return;
        repaired++;
        const open = withOpenGuards(text, condition.tree);
        for (const each of worlds) expect(isTrue(result.replacement, each)).toBe(isTrue(open, each));
        const after = parseCondition(result.replacement);
        expect(after.hasStatusFunction).toBe(condition.hasStatusFunction);
        expect(after.form).toBe(condition.form);
        expect(removeFalseGuard(after)).toMatchObject({ ok: false, reason: "no-guard" });
      },
    ),
    { numRuns: RUNS },
  );
  expect(repaired).toBeGreaterThan(RUNS / 10);
});

test("every repair only takes away: its edits give the replacement, and each takes a guard, an operator, a parenthesis or blanks", () => {
  fc.assert(
    fc.property(guarded, (text) => {
      const result = unguard(text);
      if (!result.ok) return;
      let rebuilt = text;
      for (const edit of result.edits.toReversed()) {
        expect(text.slice(edit.start, edit.end)).toMatch(/^(?:false|true|!|&&|\|\||[()\s])+$/);
        expect(edit.text).toBe("");
        rebuilt = rebuilt.slice(0, edit.start) + edit.text + rebuilt.slice(edit.end);
      }
      expect(rebuilt).toBe(result.replacement);
    }),
    { numRuns: RUNS },
  );
});

const NAMES = ["a", "b", "c", "d"] as const;
const ASSIGNMENTS = Array.from({ length: 16 }, (_, bits) =>
  Object.fromEntries(NAMES.map((name, at) => [name, (bits & (1 << at)) !== 0])),
);

/** Chains of four atoms, a status function and guards, nested at will. */
const propositional: fc.Arbitrary<string> = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...NAMES.map((name) => `inputs.${name}`)) },
    { weight: 1, arbitrary: fc.constantFrom("!inputs.a", "success()", "inputs.b == false") },
    { weight: 3, arbitrary: guard },
  ),
  tree: fc.oneof(
    { maxDepth: 5, depthIdentifier: "propositional" },
    tie("leaf"),
    fc.tuple(tie("tree"), fc.constantFrom(" && ", " && ", " || "), tie("tree")).map((parts) => parts.join("")),
    tie("tree").map((inner) => `(${inner})`),
  ),
})).tree;

test("every repair has the truth table of the original with its guards read as true", () => {
  fc.assert(
    fc.property(propositional, fc.boolean(), (text, success) => {
      const { tree } = parseCondition(text);
      const result = unguard(text);
      if (!result.ok || tree === undefined) return;
      const status = { success, failure: !success, always: true, cancelled: false };
      const table = (condition: string): readonly boolean[] =>
        ASSIGNMENTS.map((inputs) => isTrue(condition, { contexts: { inputs }, status }));
      expect(table(result.replacement)).toEqual(table(withOpenGuards(text, tree)));
    }),
    { numRuns: RUNS },
  );
});
