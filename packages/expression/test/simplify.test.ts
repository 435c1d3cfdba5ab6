import { parseCondition, removeFalseGuard, type UnguardResult } from "@ci-fix/expression";
import { describe, expect, test } from "vitest";

function unguard(text: string): UnguardResult {
  return removeFalseGuard(parseCondition(text));
}

describe("the guard goes, and what it switched off comes back", () => {
  test.each([
    ["false && github.repository == 'octo/app'", "github.repository == 'octo/app'"],
    ["github.event_name == 'push' && false", "github.event_name == 'push'"],
    ["inputs.a && false && inputs.b", "inputs.a && inputs.b"],
    ["inputs.a && inputs.b && false", "inputs.a && inputs.b"],
    ["false && inputs.a && inputs.b", "inputs.a && inputs.b"],
    ["false && false && inputs.a", "inputs.a"],
    ["false && inputs.a && false && inputs.b && false", "inputs.a && inputs.b"],
    ["false&&inputs.a", "inputs.a"],
    ["!true && inputs.a", "inputs.a"],
    ["(false) && inputs.a", "inputs.a"],
    ["1 == 2 && inputs.a", "inputs.a"],
    ["Contains('a', 'b') && inputs.a", "inputs.a"],
    ["false && true", "true"],
    ["${{ false && true }}", "${{ true }}"],
    ["false && 'main'", "'main'"],
    ["false && !cancelled()", "!cancelled()"],
    ["always() && false", "always()"],
    ["${{ false && inputs.a }}", "${{ inputs.a }}"],
    ["${{inputs.a && false}}", "${{inputs.a}}"],
    ["false && inputs.a == false", "inputs.a == false"],
  ])("%s → %s", (text, replacement) => {
    expect(unguard(text)).toMatchObject({ ok: true, replacement });
  });

  test.each([
    ["false && inputs.a || inputs.b", "inputs.a || inputs.b", "inputs.a"],
    ["inputs.b || inputs.a && false", "inputs.b || inputs.a", "inputs.a"],
    ["false && inputs.a || false && inputs.b", "inputs.a || inputs.b", "inputs.a"],
    ["( inputs.a && false ) || inputs.b", "inputs.a || inputs.b", "inputs.a"],
    ["inputs.b || (inputs.a || false && inputs.c)", "inputs.b || (inputs.a || inputs.c)", "inputs.c"],
    ["inputs.x && (false && inputs.a || inputs.b)", "inputs.x && (inputs.a || inputs.b)", "inputs.a"],
  ])("in a branch: %s → %s", (text, replacement, restored) => {
    expect(unguard(text)).toMatchObject({ ok: true, replacement, restored });
  });

  test.each([
    ["false && (inputs.a || inputs.b)", "inputs.a || inputs.b"],
    ["(false && (inputs.a || inputs.b))", "inputs.a || inputs.b"],
    ["${{ false && ( inputs.a || inputs.b ) }}", "${{ inputs.a || inputs.b }}"],
    ["(false && inputs.a) || inputs.b", "inputs.a || inputs.b"],
    ["((false && inputs.a)) || inputs.b", "inputs.a || inputs.b"],
    ["inputs.x && (false && success())", "inputs.x && success()"],
    ["inputs.x && (false && always())", "inputs.x && always()"],
    ["(false && true) && inputs.a", "true && inputs.a"],
    ["(false && !true) && inputs.a", "inputs.a"],
    ["inputs.x && (false && (inputs.a || inputs.b))", "inputs.x && (inputs.a || inputs.b)"],
    ["false && (inputs.a && inputs.b) || inputs.c", "(inputs.a && inputs.b) || inputs.c"],
    ["false && (inputs.a || inputs.b) && inputs.c", "(inputs.a || inputs.b) && inputs.c"],
    ["(false && inputs.a && inputs.b) || inputs.c", "(inputs.a && inputs.b) || inputs.c"],
    ["false && (inputs.a) == (inputs.b)", "(inputs.a) == (inputs.b)"],
    ["(\n  false && inputs.a\n) || inputs.b", "(\n  inputs.a\n) || inputs.b"],
    ["((\n  false && inputs.a\n)) || inputs.b", "((\n  inputs.a\n)) || inputs.b"],
    ["(\n  false && inputs.a) || inputs.b", "(\n  inputs.a) || inputs.b"],
    ["(false && inputs.a) ||\n  inputs.b", "inputs.a ||\n  inputs.b"],
    ["false && (\n  inputs.a ||\n  inputs.b\n)", "(\n  inputs.a ||\n  inputs.b\n)"],
  ])("parentheses: %j → %j", (text, replacement) => {
    expect(unguard(text)).toMatchObject({ ok: true, replacement });
  });

  test("touching cuts are one edit", () => {
    expect(unguard("false && (inputs.a)")).toMatchObject({
      edits: [
        { start: 0, end: 10, text: "" },
        { start: 18, end: 19, text: "" },
      ],
    });
  });

  test.each([
    ["false &&\ninputs.a &&\ninputs.b\n", "inputs.a &&\ninputs.b\n", [{ start: 0, end: 9, text: "" }]],
    ["inputs.a &&\r\n  false &&\r\n  inputs.b", "inputs.a &&\r\n  inputs.b", [{ start: 8, end: 20, text: "" }]],
    ["inputs.a\n&& false", "inputs.a", [{ start: 8, end: 17, text: "" }]],
    ["'false && x\n' == inputs.a && false", "'false && x\n' == inputs.a", [{ start: 25, end: 34, text: "" }]],
  ])("over several lines: %j", (text, replacement, edits) => {
    expect(unguard(text)).toMatchObject({ ok: true, replacement, edits });
  });
});

describe("what is left alone", () => {
  test.each([
    ["inputs.a == false && inputs.b", "no-guard"],
    ["false == inputs.a && inputs.b", "no-guard"],
    ["'false' && inputs.a", "no-guard"],
    ["!false && inputs.a", "no-guard"],
    ["!(true || inputs.a) && inputs.b", "no-guard"],
    ["!(true || hashFiles('a')) && inputs.b", "no-guard"],
    ["inputs.a != false", "no-guard"],
    ["false || inputs.a", "no-guard"],
    ["!(false && inputs.a)", "no-guard"],
    ["(false && inputs.a) == false", "no-guard"],
    ["contains(inputs.a, false && inputs.b)", "no-guard"],
    ["github['false && x']", "no-guard"],
    ["false", "no-guard"],
    ["${{ false }}", "no-guard"],
    ["false && false", "nothing-left"],
    ["false && false || inputs.a", "nothing-left"],
    ["false && false || false && inputs.a", "nothing-left"],
    ["${{ false }} && inputs.a", "not-an-expression"],
    ["${{ false && inputs.a }}\n", "not-an-expression"],
    ["false && is broken", "not-an-expression"],
    ["", "not-an-expression"],
    ["!always() && inputs.a", "loses-status-function"],
    ["${{ false && 'inputs.a' }}", "not-equal"],
    ["false && True", "not-equal"],
  ])("%j: %s", (text, reason) => {
    expect(unguard(text)).toMatchObject({ ok: false, reason });
  });
});

describe("a refusal says why, in a sentence", () => {
  test.each([
    ["${{ false }} && inputs.a", "Text stands around ${{ }}, so the condition is a string and always true"],
    ["false && is broken", "The condition does not parse"],
    [" ", "There is no condition"],
    ["inputs.a", "No operand of && is false whatever happens"],
    ["false && false", "Nothing stands behind the guard"],
    ["!always() && inputs.a", "Without the guard the runner would put success() && before the condition"],
    ["${{ false && 'inputs.a' }}", "What is left would be read as something else"],
  ])("%j: %s", (text, message) => {
    expect(unguard(text)).toMatchObject({ ok: false, message });
  });
});
