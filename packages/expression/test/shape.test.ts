import { parseExpression, type Expression } from "@ci-fix/expression";
import { describe, expect, test } from "vitest";
import { shape } from "../src/guards.ts";

function parse(text: string): Expression {
  const result = parseExpression(text);
  if (!result.ok) throw new Error(`${result.problem.message}: ${text}`);
  return result.tree;
}

describe("a repair is refused where its condition has another shape, and these have", () => {
  test.each([
    ["inputs.a", "inputs.b"],
    ["inputs.a", "matrix.a"],
    ["inputs.a", "inputs.a.b"],
    ["inputs", "matrix"],
    ["inputs", "'inputs'"],
    ["inputs[0]", "inputs[1]"],
    ["inputs[0]", "matrix[0]"],
    ["inputs[*]", "inputs[inputs]"],
    ["inputs.x", "inputs[*]"],
    ["1", "'1'"],
    ["1", "2"],
    ["null", "NaN"],
    ["true", "'true'"],
    ["!inputs.a", "inputs.a"],
    ["!inputs.a", "!inputs.b"],
    ["inputs.a == inputs.b", "inputs.a != inputs.b"],
    ["inputs.a == inputs.b", "inputs.a == inputs.c"],
    ["inputs.a == inputs.b", "inputs.c == inputs.b"],
    ["inputs.a && inputs.b", "inputs.a || inputs.b"],
    ["inputs.a && inputs.b", "inputs.a"],
    ["inputs.a && inputs.b", "inputs.b && inputs.a"],
    ["contains(inputs.a, 'x')", "startsWith(inputs.a, 'x')"],
    ["contains(inputs.a, 'x')", "contains(inputs.a, 'y')"],
    ["join(inputs.a)", "join(inputs.a, ',')"],
  ])("%s and %s", (left, right) => {
    expect(shape(parse(left))).not.toEqual(shape(parse(right)));
  });
});

describe("these have the same", () => {
  test.each([
    ["(inputs.a)", "inputs.a"],
    ["inputs.a && inputs.b && inputs.c", "(inputs.a && ((inputs.b)) && (inputs.c))"],
    ["(inputs.a && inputs.b) == (true)", "((inputs.a && (inputs.b)) == true)"],
  ])("%s and %s", (left, right) => {
    expect(shape(parse(left))).toEqual(shape(parse(right)));
  });
});
