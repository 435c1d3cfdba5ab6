import { descend, parseExpression, unrecognized, type Expression, type Place } from "@ci-fix/expression";
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
    ["0x0b1", 177],
    ["0o17", 15],
    ["1e3", 1000],
    ["25e-10", 2.5e-9],
    ["12.50", 12.5],
    ["3.", 3],
    ["-.75", -0.75],
    ["+1", 1],
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

test("every part knows where it stands", () => {
  const text = "!(github.ref == matrix['os'][0]) && contains( needs.*.result, 'failure' ) || steps[*]";
  expect([...descend(parse(text))].map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`)).toEqual([
    `binary ${text}`,
    "binary !(github.ref == matrix['os'][0]) && contains( needs.*.result, 'failure' )",
    "not !(github.ref == matrix['os'][0])",
    "group (github.ref == matrix['os'][0])",
    "binary github.ref == matrix['os'][0]",
    "property github.ref",
    "context github",
    "index matrix['os'][0]",
    "index matrix['os']",
    "context matrix",
    "literal 'os'",
    "literal 0",
    "call contains( needs.*.result, 'failure' )",
    "property needs.*.result",
    "property needs.*",
    "context needs",
    "literal 'failure'",
    "index steps[*]",
    "context steps",
  ]);
});

test("an offset moves every span", () => {
  expect(parseExpression("github.ref", 4)).toMatchObject({
    tree: { span: { start: 4, end: 14 }, object: { span: { start: 4, end: 10 } } },
  });
  expect(parseExpression("github.", 4)).toMatchObject({ problem: { span: { start: 11, end: 11 } } });
  expect(parseExpression(" ".repeat(21_001), 4)).toMatchObject({ problem: { span: { start: 4, end: 21_005 } } });
});

describe("what is no expression", () => {
  test.each([
    ["", "The expression ends too early at 0"],
    ["github.ref ==", "The expression ends too early at 13"],
    ['github.ref == "x"', 'Unexpected "\\"x\\"" at 14'],
    ["github.ref = 'x'", 'Unexpected "=" at 11'],
    ["(github.ref", "The expression ends too early at 11"],
    ["github.ref)", 'Unexpected ")" at 10'],
    ["github.ref == 'open", 'Unexpected "\'open" at 14'],
    ["contains(github.ref,)", 'Unexpected ")" at 20'],
    ["'text'.length", 'Unexpected ".length" at 6'],
    ["'text'[0]", 'Unexpected "[" at 6'],
    ["github.ref 1", "Unexpected number 1 at 11"],
    ["github.ref 'x'", 'Unexpected string "x" at 11'],
    ["has been broken", 'Unexpected "been" at 4'],
    ["0b11", 'Unexpected "0b11" at 0'],
    ["0X1f", 'Unexpected "0X1f" at 0'],
    ["0O17", 'Unexpected "0O17" at 0'],
    ["0x1g", 'Unexpected "0x1g" at 0'],
    ["1e", 'Unexpected "1e" at 0'],
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

  test("21,000 characters are read, and one more is not", () => {
    expect(problem(`'${"x".repeat(20_998)}'`)).toBeUndefined();
    expect(problem(`'${"x".repeat(20_999)}'`)).toBe("The expression is longer than 21000 characters at 0");
  });

  test.each([
    ["parentheses", (depth: number) => `${"(".repeat(depth)}1${")".repeat(depth)}`],
    ["negations", (depth: number) => `${"!".repeat(depth)}true`],
    ["properties", (depth: number) => `github${".x".repeat(depth)}`],
    ["indexes", (depth: number) => `${"github[".repeat(depth)}0${"]".repeat(depth)}`],
    ["calls", (depth: number) => `${"join(".repeat(depth)}1${")".repeat(depth)}`],
    ["comparisons", (depth: number) => `1${" == 1".repeat(depth)}`],
  ])("%s are read 50 levels deep, what stands in them included", (_, nested) => {
    expect(problem(nested(49))).toBeUndefined();
    expect(problem(nested(50))).toMatch("nested more than 50 levels deep");
  });

  test("a chain of && is flat, however long", () => {
    expect(problem(`(true)${" && (true)".repeat(1_900)}`)).toBeUndefined();
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

describe("calls are taken with as many arguments as GitHub's own parser takes", () => {
  const names = ["case", "contains", "endsWith", "format", "fromJSON", "join", "startsWith", "toJSON"];
  test.each(names)("%s()", (name) => {
    for (const count of [0, 1, 2, 3, 4, 5, 254, 255, 256]) {
      const text = `${name}(${Array.from({ length: count }, () => "true").join(", ")})`;
      expect(unrecognized(parse(text)).length === 0, text).toBe(judgeParse(text) !== undefined);
    }
  });
});

test("a job's condition reads fewer contexts than that of a step", () => {
  const count = (text: string, place?: Place): number => unrecognized(parse(text), place).length;
  expect(count("needs.unit.result == matrix.os", "job-condition")).toBe(1);
  expect(count("needs.unit.result == matrix.os", "step-condition")).toBe(0);
  expect(count("secrets.TOKEN != ''", "step-condition")).toBe(1);
  expect(count("secrets.TOKEN != ''")).toBe(0);
  expect(count("jobs.unit.result")).toBe(0);
  expect(unrecognized(parse("jobs.unit.result"), "job-condition")).toMatchObject([
    { message: "There is no context named jobs here" },
  ]);
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
