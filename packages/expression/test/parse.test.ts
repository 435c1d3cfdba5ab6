import { parseExpression, unrecognized, type Expression, type Place } from "@ci-fix/expression";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expression, rubble, RUNS } from "./arbitrary.ts";
import { judgeParse, judgeShape, ourShape } from "./judge.ts";

function parse(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(`${result.problem.message}: ${text}`);
  return result.tree;
}

function problem(text: string): string | undefined {
  const result = parseExpression(text);
  return result.ok ? undefined : `${result.problem.message} at ${result.problem.span.start}`;
}

/** The same tree with parentheses wherever the parser sees a node of two operands. */
function spelled(text: string, node: Expression = parse(text)): string {
  if (node.kind === "group") return spelled(text, node.inner);
  if (node.kind === "not") return `(! ${spelled(text, node.operand)})`;
  if (node.kind === "binary") return `(${spelled(text, node.left)} ${node.operator} ${spelled(text, node.right)})`;
  return text.slice(node.span.start, node.span.end);
}

describe("precedence", () => {
  test.each([
    ["false && inputs.a || inputs.b", "((false && inputs.a) || inputs.b)"],
    ["inputs.a || inputs.b && inputs.c", "(inputs.a || (inputs.b && inputs.c))"],
    ["inputs.a == false && inputs.b", "((inputs.a == false) && inputs.b)"],
    ["1 < 2 == true", "((1 < 2) == true)"],
    ["inputs.a == inputs.b == inputs.c", "((inputs.a == inputs.b) == inputs.c)"],
    ["!inputs.a == false", "((! inputs.a) == false)"],
    ["!!inputs.a", "(! (! inputs.a))"],
    ["inputs.a && (inputs.b || inputs.c)", "(inputs.a && (inputs.b || inputs.c))"],
  ])("%s is %s", (text, expected) => {
    expect(spelled(text)).toBe(expected);
  });
});

describe("literals", () => {
  test.each<[string, null | boolean | number | string]>([
    ["0x1f", 31],
    ["0o17", 15],
    ["1e3", 1000],
    ["-.5", -0.5],
    ["-1", -1],
    ["NaN", Number.NaN],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["null", null],
    ["true", true],
    ["'it''s ''quoted'''", "it's 'quoted'"],
    ["''", ""],
  ])("%s", (text, value) => {
    expect(parse(text)).toMatchObject({ kind: "literal", value, span: { start: 0, end: text.length } });
  });

  test("keywords are lower-case; anything else is the name of a context", () => {
    expect(parse("True")).toMatchObject({ kind: "context", name: "True" });
    expect(parse("github.true")).toMatchObject({ kind: "property", name: "true" });
  });
});

test("spans hold across line breaks inside strings", () => {
  const text = "'one\r\ntwo' == github.ref &&\n  contains('a\n\n''b', inputs.x)";
  const tree = parse(text);
  expect(tree).toMatchObject({ kind: "binary", operator: "&&", right: { kind: "call" } });
  if (tree.kind !== "binary") return;
  expect(text.slice(tree.operatorSpan.start, tree.operatorSpan.end)).toBe("&&");
  expect(text.slice(tree.left.span.start, tree.left.span.end)).toBe("'one\r\ntwo' == github.ref");
  expect(text.slice(tree.right.span.start, tree.right.span.end)).toBe("contains('a\n\n''b', inputs.x)");
});

test("an offset moves every span", () => {
  expect(parseExpression("github.ref", 4)).toMatchObject({
    tree: { span: { start: 4, end: 14 }, object: { span: { start: 4, end: 10 } } },
  });
  expect(parseExpression("github.", 4)).toMatchObject({ problem: { span: { start: 11, end: 11 } } });
});

describe("what is no expression", () => {
  test.each([
    ["", "The expression ends too early at 0"],
    ["github.ref ==", "The expression ends too early at 13"],
    ['github.ref == "x"', 'Unexpected "\\"x\\"" at 14'],
    ["github.ref = 'x'", 'Unexpected "=" at 11'],
    ["(github.ref", "The expression ends too early at 11"],
    ["github.ref)", 'Unexpected ")" at 10'],
    ["'open", 'Unexpected "\'open" at 0'],
    ["contains(github.ref,)", 'Unexpected ")" at 20'],
    ["'text'.length", 'Unexpected ".length" at 6'],
    ["github.ref 1", "Unexpected number 1 at 11"],
    ["has been broken", 'Unexpected "been" at 4'],
    ["0b11", 'Unexpected "0b11" at 0'],
  ])("%j: %s", (text, message) => {
    expect(problem(text)).toBe(message);
  });

  test.each([
    ["parentheses", `${"(".repeat(10_000)}1${")".repeat(10_000)}`],
    ["negations", `${"!".repeat(10_000)}true`],
    ["properties", `github${".x".repeat(10_000)}`],
    ["indexes", `${"github[".repeat(2_000)}0${"]".repeat(2_000)}`],
    ["letters", `'${"x".repeat(21_000)}'`],
    ["comparisons", `1${" == 1".repeat(1_000)}`],
  ])("thousands of %s are a problem, not a crash", (_, text) => {
    expect(problem(text)).toMatch(/nested more than 50 levels deep|longer than 21000 characters/);
  });

  test("a chain of && is flat, however long", () => {
    expect(problem(`true${" && true".repeat(2_000)}`)).toBeUndefined();
  });
});

test("names and argument counts that today's runner rejects are told apart", () => {
  const messages = (text: string): readonly string[] => unrecognized(parse(text)).map((each) => each.message);
  expect(messages("github.ref == Secrets.X && hashFiles('a', 'b') != '' && Success()")).toEqual([]);
  expect(messages("githb.ref && contains(github.ref) || whatever(1)")).toEqual([
    "There is no context named githb",
    "contains() does not take 1 arguments",
    "There is no function named whatever",
  ]);
});

test("a job's condition reads fewer contexts than that of a step", () => {
  const count = (text: string, place?: Place): number => unrecognized(parse(text), place).length;
  expect(count("needs.unit.result == matrix.os", "job-condition")).toBe(1);
  expect(count("needs.unit.result == matrix.os", "step-condition")).toBe(0);
  expect(count("secrets.TOKEN != ''", "step-condition")).toBe(1);
  expect(count("secrets.TOKEN != ''")).toBe(0);
});

test("every generated expression has the tree that GitHub's own parser gives it", () => {
  fc.assert(
    fc.property(expression, (text) => {
      const judged = judgeParse(text);
      expect(ourShape(parse(text))).toEqual(judged === undefined ? "refused by the judge" : judgeShape(judged));
    }),
    { numRuns: RUNS },
  );
});

test("tokens in any order are accepted and refused as GitHub's own parser does", () => {
  fc.assert(
    fc.property(rubble, (text) => {
      const result = parseExpression(text);
      // Its parser takes a comma before a closing parenthesis; the runner's does not.
      fc.pre(!/,\s*\)/.test(text) && text.trim() !== "");
      expect(result.ok && unrecognized(result.tree).length === 0).toBe(judgeParse(text) !== undefined);
    }),
    { numRuns: RUNS },
  );
});
