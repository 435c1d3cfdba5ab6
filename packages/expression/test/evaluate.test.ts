import {
  evaluate,
  fold,
  parseExpression,
  truthiness,
  type Evaluation,
  type Expression,
  type Value,
} from "@ci-fix/expression";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expression, RUNS, world } from "./arbitrary.ts";
import { judgeEvaluate, type World } from "./judge.ts";

function parse(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(`${result.problem.message}: ${text}`);
  return result.tree;
}

function evaluateIn(text: string, { contexts, status }: World): Evaluation {
  return evaluate(parse(text), { context: (name) => contexts[name] ?? null, status: (name) => status[name] });
}

const MAIN: World = {
  contexts: {
    github: { event_name: "push", ref: "refs/heads/main", event: { labels: [{ name: "ci" }, { name: "docs" }] } },
    needs: { unit: { result: "success" }, lint: { result: "skipped" } },
  },
  status: { success: true, failure: false, always: true, cancelled: false },
};

describe("a value on the main branch", () => {
  test.each<[string, Value]>([
    ["github.event_name == 'PUSH'", true],
    ["github.missing.deeper", null],
    ["github['EVENT_NAME'] || 'none'", "push"],
    ["false || ''", ""],
    ["'a' && 0 && 'b'", 0],
    ["null == ''", true],
    ["null == null", true],
    ["null < null", false],
    ["null >= null", true],
    ["null == 0", true],
    ["'0x10' == 16", true],
    ["'0X10' == 16", false],
    ["' 0x10' == 16", true],
    ["' 0X10' == 16", false],
    ["'abc' == 0", false],
    ["NaN == NaN", false],
    ["'b' > 'A'", true],
    ["'b' > 'B'", false],
    ["'b' >= 'B'", true],
    ["true > false", true],
    ["github.event == github.event", true],
    ["github.event < github.event", false],
    ["fromJSON('[]') == fromJSON('[]')", false],
    ["fromJSON('[5]') == 5", false],
    ["fromJSON('[5]') < 6", false],
    ["null < github", false],
    ["null == github", false],
    ["'object' == github", false],
    ["contains(github.event.labels.*.name, 'CI')", true],
    ["join(needs.*.result, ' ')", "success skipped"],
    ["join(github.event.labels.*.*, ' ')", "ci docs"],
    ["contains(needs.*.result, 'failure')", false],
    ["format('{0} {{1}} {1}', 'it''s', null)", "it's {1} "],
    ["toJSON(fromJSON('{\"a\":[1]}'))", '{\n  "a": [\n    1\n  ]\n}'],
    ["contains('an object', github)", false],
    ["contains(github, 'object')", false],
    ["startsWith(github.ref, 'REFS/heads/')", true],
    ["startsWith('object', github)", false],
    ["startsWith(github, 'object')", false],
    ["join(github)", ""],
    ["join(github.event.labels.*.name)", "ci,docs"],
    ["join(github.event.labels.*.name, github)", "ci,docs"],
    ["format('{0} {1}', github, github.event.labels)", "Object Array"],
    ["format('{0}{10}', 'a', 1, 2, 3, 4, 5, 6, 7, 8, 9, 'k')", "ak"],
    ["format('{0} {1} {2}', 1000000000000000, 0.00001, 1.10)", "1E+15 1E-05 1.1"],
    ["format('{0} {1} {2}', 0, NaN, -Infinity)", "0 NaN -Infinity"],
    ["case(failure(), 'red', success(), 'green', 'grey')", "green"],
    ["contains('straße', 'STRASSE')", false],
    ["'Ärger' == 'äRGER'", true],
    ["'ı' == 'i'", false],
    ["'ſ' == 's'", false],
    ["'a' < '_'", true],
  ])("%s", (text, value) => {
    expect(evaluateIn(text, MAIN)).toEqual({ ok: true, value });
  });
});

describe("what is reached in a list or an object is what GitHub's own evaluator reaches", () => {
  const held: World = {
    ...MAIN,
    contexts: {
      github: {
        list: ["a", "b"],
        map: { B: 1, c: null, array: 2, object: 3 },
        nested: { x: { n: 1 }, y: { m: 2 } },
        text: "abc",
        lists: [["a"], ["b"]],
      },
    },
  };

  test.each([
    ..."0,1,2,-1,-2,1.9,-0.5,NaN,'1','x','',null,true,github.list,github.map"
      .split(",")
      .map((at) => `github.list[${at}]`),
    ..."'B','b','C','n',0,null,true,github.list,github.map".split(",").map((at) => `github.map[${at}]`),
    "github.map.B",
    "github.map.b",
    "github.map.c",
    "github.map.d",
    "github.map.*",
    "github.list.*",
    "github.text.*",
    "github.text[0]",
    "github.text.x",
    "github.list.x",
    "github.nested.*.n",
    "github.nested.*.N",
    "github.nested.*.z",
    "github.nested.*.*",
    "github.nested.*[0]",
    "github.list.*[0]",
    "github.lists.*[0]",
    "github.lists.*.*",
    "github.lists[1][0]",
    "github.map.*[0]",
    "github.nothing.*",
    "github.nothing[0]",
    "fromJSON('[1, [2]]')[1][0]",
    'fromJSON(\'{"A": {"b": 1}}\').a.B',
  ])("%s", (text) => {
    const shown = `toJSON(${text})`;
    expect(evaluateIn(shown, held)).toEqual(judgeEvaluate(shown, held));
  });
});

describe("what cannot be evaluated says so", () => {
  test.each([
    ["fromJSON('no')", "The text given to fromJSON() is not JSON"],
    ["format('{1}', 1)", "The format string is not valid: {1}"],
    ["hashFiles('**/go.sum')", "hashFiles() cannot be evaluated here"],
    ["case('yes', 1, 2)", "A predicate of case() must be true or false"],
  ])("%s", (text, message) => {
    expect(evaluateIn(text, MAIN)).toEqual({ ok: false, message });
  });

  test("unless it is never reached", () => {
    expect(evaluateIn("false && fromJSON('no')", MAIN)).toEqual({ ok: true, value: false });
  });

  test("a fault of the caller is none of the expression", () => {
    const scope = {
      context: (): Value => {
        throw new RangeError("the caller's");
      },
      status: () => true,
    };
    expect(() => evaluate(parse("github.ref"), scope)).toThrow(RangeError);
  });

  test("a caller can answer other functions", () => {
    const scope = {
      context: () => null,
      status: () => true,
      call: (name: string) => (name === "hashfiles" ? "3f2a" : undefined),
    };
    expect(evaluate(parse("hashFiles('**/go.sum') != ''"), scope)).toEqual({ ok: true, value: true });
  });
});

test("evaluation agrees with GitHub's own under random contexts", () => {
  fc.assert(
    fc.property(expression, world, (text, facts) => {
      const ours = evaluateIn(text, facts);
      const theirs = judgeEvaluate(text, facts);
      expect(ours.ok ? ours.value : "fails").toEqual(theirs.ok ? theirs.value : "fails");
    }),
    { numRuns: RUNS },
  );
});

describe("folding", () => {
  test.each<[string, unknown]>([
    ["false && github.actor", { kind: "value", value: false }],
    ["github.actor && false", { kind: "falsy" }],
    ["github.actor && ''", { kind: "falsy" }],
    ["github.actor || true", { kind: "truthy" }],
    ["!(github.actor && false)", { kind: "value", value: true }],
    ["(github.actor && false) == false", { kind: "unknown" }],
    ["'x' && github.actor", { kind: "unknown" }],
    ["github.actor && 'x'", { kind: "unknown" }],
    ["(github.actor || true) && 'x'", { kind: "value", value: "x" }],
    ["false || github.actor && false || null", { kind: "value", value: null }],
    ["contains('abc', 'B') && 1 < 2", { kind: "value", value: true }],
    ["contains(fromJSON('[\"a\"]'), 'b')", { kind: "value", value: false }],
    ["fromJSON('{\"a\": 0}').a", { kind: "value", value: 0 }],
    ["fromJSON('no')", { kind: "unknown" }],
    ["fromJSON('[1]')[0]", { kind: "value", value: 1 }],
    ["fromJSON(format('[{0}]', github.run_number))[0]", { kind: "unknown" }],
    ["fromJSON(format('[{0}]', failure()))[0]", { kind: "unknown" }],
    ["'push' == github.event_name", { kind: "unknown" }],
    ["always() || failure()", { kind: "value", value: true }],
    ["success()", { kind: "unknown" }],
    ["hashFiles('x')", { kind: "unknown" }],
  ])("%s", (text, folded) => {
    expect(fold(parse(text))).toEqual(folded);
  });

  test("with facts", () => {
    const tree = parse("github.repository == 'octo/app' && needs[matrix.x].result && !failure()");
    const known = {
      path: (path: readonly string[]) => (path.join(".") === "github.repository" ? "fork/app" : undefined),
    };
    expect(fold(tree, known)).toEqual({ kind: "value", value: false });
    expect(fold(parse("!failure()"), { status: () => false })).toEqual({ kind: "value", value: true });
  });

  test("a path with an unknown part is never taken for a known one", () => {
    const known = { path: () => "success" };
    expect(fold(parse("needs.unit.result"), known)).toEqual({ kind: "value", value: "success" });
    expect(fold(parse("needs.*.result"), known)).toEqual({ kind: "unknown" });
    expect(fold(parse("needs[matrix.of].result"), known)).toEqual({ kind: "unknown" });
  });

  test("never says more than evaluation does", () => {
    fc.assert(
      fc.property(expression, world, (text, facts) => {
        const folded = fold(parse(text));
        const actual = evaluateIn(text, facts);
        if (!actual.ok || folded.kind === "unknown") return;
        expect(folded.kind === "value" ? folded.value : actual.value).toEqual(actual.value);
        expect(truthiness(folded)).toBe(truthiness({ kind: "value", value: actual.value }));
      }),
      { numRuns: RUNS },
    );
  });
});
