import {
  comparedTexts,
  contextPaths,
  parseCondition,
  parseTemplate,
  statusFunctions,
  type Expression,
} from "@ci-fix/expression";
import { describe, expect, test } from "vitest";

function tree(text: string): Expression {
  const parsed = parseCondition(text).tree;
  if (parsed === undefined) throw new Error(`does not parse: ${text}`);
  return parsed;
}

describe("the form of a condition", () => {
  test.each([
    ["", "empty", undefined],
    [" \n", "empty", undefined],
    ["github.event_name == 'push'", "bare", undefined],
    ["false", "bare", false],
    ["False", "bare", false],
    ["True == 1", "bare", undefined],
    ["1 == True", "bare", undefined],
    ["always()", "bare", true],
    ["false && github.actor == 'octocat'", "bare", false],
    ["github.actor && false", "bare", false],
    ["false && inputs.deploy || inputs.force", "bare", undefined],
    ["true || inputs.deploy", "bare", true],
    ["!true", "bare", false],
    ["'false'", "bare", true],
    ["null", "bare", false],
    ["0", "bare", false],
    ["\n  false\n", "bare", false],
    ["inputs.deploy == false", "bare", undefined],
    ["${{ false }}", "wrapped", false],
    ["${{false}}", "wrapped", false],
    ["${{ 'it''s }}' == 'a' }}", "wrapped", false],
    ["${{'}}' == 'a'}}", "wrapped", false],
    ["${{ false }}\n", "text", true],
    [" ${{ false }}", "text", true],
    ["${{ false }} && github.ref == 'x'", "text", true],
    ["${{ inputs.a }}${{ inputs.b }}", "text", undefined],
    ["false &&", "invalid", undefined],
    ["${{ false", "invalid", undefined],
    ["${{ }}", "invalid", undefined],
    ['github.event_name == "push"', "invalid", undefined],
  ] as const)("%j is %s, certain: %s", (text, form, constant) => {
    expect(parseCondition(text)).toMatchObject({ form, constant });
  });

  test("a lone string is unpacked by the runner and read again, so nothing is certain of it", () => {
    expect(parseCondition("${{ 'false' }}")).toMatchObject({ form: "wrapped", constant: undefined });
  });

  test.each([
    ["always()", true],
    ["!cancelled() && github.ref == 'x'", true],
    ["${{ failure() }}", true],
    ["github.ref == 'always()'", false],
    ["", false],
    ["always(", false],
  ])("%j has a status function: %s", (text, has) => {
    expect(parseCondition(text).hasStatusFunction).toBe(has);
  });

  test("a status function in text counts, as the runner formats one expression out of it", () => {
    expect(parseCondition("${{ always() }} && false").hasStatusFunction).toBe(true);
    expect(parseCondition("${{ always() }} && ${{ false }}").hasStatusFunction).toBe(true);
    expect(parseCondition("${{ false }} && always()").hasStatusFunction).toBe(false);
  });

  test("the parts of a bare condition are one text, and an empty one has none", () => {
    expect(parseCondition("true").parts).toEqual([{ kind: "text", span: { start: 0, end: 4 }, text: "true" }]);
    expect(parseCondition(" ").parts).toEqual([]);
  });

  test("a problem is placed where it stands", () => {
    expect(parseCondition("a ${{ github.x == }}").problem).toEqual({
      message: "The expression ends too early",
      span: { start: 18, end: 18 },
    });
  });
});

test("a template falls into text and expressions without a gap", () => {
  expect(parseTemplate("on ${{ matrix.os }}, ${{ 'a }} b' }}")).toMatchObject([
    { kind: "text", span: { start: 0, end: 3 }, text: "on " },
    { kind: "expression", span: { start: 3, end: 19 }, inner: { start: 6, end: 17 } },
    { kind: "text", text: ", " },
    { kind: "expression", span: { start: 21, end: 36 }, parsed: { ok: true, tree: { value: "a }} b" } } },
  ]);
});

test("what is never closed reaches to the end, and is a problem", () => {
  const span = { start: 3, end: 18 };
  const problem = { message: "An expression is opened with ${{ and never closed", span };
  expect(parseTemplate("on ${{ 'a }} b' }")).toMatchObject([
    { kind: "text", text: "on " },
    { kind: "expression", span: { start: 3, end: 17 }, inner: { start: 6, end: 17 }, parsed: { ok: false } },
  ]);
  expect(parseCondition("on ${{ matrix.os }")).toMatchObject({ form: "invalid", problem });
});

describe("what a tree reads", () => {
  test.each([
    ["steps.td.outcome == 'success'", [["steps", "td", "outcome"]]],
    ["Steps['td'].outcome", [["steps", "td", "outcome"]]],
    ["needs.*.result", [["needs", "*", "result"]]],
    ["needs[*].result", [["needs", "*", "result"]]],
    ["inputs[null]", [["inputs", "*"]]],
    [
      "needs[*].result == github.ref",
      [
        ["needs", "*", "result"],
        ["github", "ref"],
      ],
    ],
    [
      "matrix[github.ref].name",
      [
        ["matrix", "*", "name"],
        ["github", "ref"],
      ],
    ],
    ["github.event.commits[0].message", [["github", "event", "commits", "0", "message"]]],
    [
      "contains(needs.*.result, env.want) && (github).actor",
      [
        ["needs", "*", "result"],
        ["env", "want"],
        ["github", "actor"],
      ],
    ],
    ["fromJSON(needs.plan.outputs.jobs).unit", [["needs", "plan", "outputs", "jobs"]]],
    ["toJSON(steps)", [["steps"]]],
    ["github.ref == github.ref", [["github", "ref"]]],
    ["true", []],
  ])("%s", (text, paths) => {
    expect(contextPaths(tree(text))).toEqual(paths);
  });

  test.each([
    ["github.ref == 'refs/heads/main'", ["refs/heads/main"]],
    ["'refs/heads/main' == GitHub['REF']", ["refs/heads/main"]],
    ["inputs.a && (github.ref == ('a') || !(github.ref == 'b'))", ["a", "b"]],
    ["github.ref != 'a'", []],
    ["github.ref == inputs.ref", []],
    ["github.ref == 1", []],
    ["github.actor == 'a'", []],
    ["matrix.ref == 'a'", []],
    ["github == 'a'", []],
    ["github.ref.name == 'a'", []],
    ["'a' == 'a'", []],
    ["contains(github.ref, 'a')", []],
  ])("%s compares github.ref with the texts %j", (text, texts) => {
    expect(comparedTexts(tree(text), ["github", "ref"])).toEqual(texts);
    expect(comparedTexts(tree(text), ["GitHub", "Ref"])).toEqual(texts);
  });

  test("status functions, each once, whatever their case", () => {
    expect(statusFunctions(tree("Always() && (contains(github.ref, 'x') || !CANCELLED()) && always()"))).toEqual([
      "always",
      "cancelled",
    ]);
  });
});
