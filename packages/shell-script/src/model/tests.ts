import type { TestExpression, Word } from "unbash";
import type { State } from "./state.ts";
import { valueOf } from "./values.ts";

/** What `[[ … ]]` decides, where it is certain. */
export function testHolds(expression: TestExpression, state: State): boolean | undefined {
  switch (expression.type) {
    case "TestGroup":
      return testHolds(expression.expression, state);
    case "TestNot": {
      const inner = testHolds(expression.operand, state);
      return inner === undefined ? undefined : inner !== (expression.negations.length % 2 === 1);
    }
    case "TestLogical":
      return logical(
        expression.operator,
        expression.operands.map((operand) => testHolds(operand, state)),
      );
    case "TestUnary":
      return unary(expression.operator, valueOf(expression.operand, state));
    case "TestBinary":
      return binary(valueOf(expression.left, state), expression.operator, valueOf(expression.right, state));
  }
}

function logical(operator: "&&" | "||", values: readonly (boolean | undefined)[]): boolean | undefined {
  const deciding = operator === "||";
  if (values.includes(deciding)) return deciding;
  return values.includes(undefined) ? undefined : !deciding;
}

/** What `[ … ]` or `test …` decides, where it is certain. Longer forms than one comparison are not followed. */
export function bracketHolds(words: readonly Word[], state: State): boolean | undefined {
  const [first, second, third] = words;
  if (first === undefined) return false;
  if (first.text === "!") {
    const inner = bracketHolds(words.slice(1), state);
    return inner === undefined ? undefined : !inner;
  }
  if (words.length === 1) return unary("-n", valueOf(first, state));
  if (words.length === 2 && second !== undefined) return unary(first.text, valueOf(second, state));
  if (words.length === 3 && second !== undefined && third !== undefined) {
    return binary(valueOf(first, state), second.text, valueOf(third, state));
  }
  return undefined;
}

function unary(operator: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (operator === "-z") return value === "";
  return operator === "-n" ? value !== "" : undefined;
}

const comparisons: Record<string, (left: number, right: number) => boolean> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
};

function binary(left: string | undefined, operator: string, right: string | undefined): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  const compare = comparisons[operator];
  if (compare !== undefined) {
    return [left, right].every((value) => /^-?\d+$/u.test(value)) ? compare(Number(left), Number(right)) : undefined;
  }
  // The right side of `==` is a pattern.
  if (/[*?[]/u.test(right)) return undefined;
  if (operator === "=" || operator === "==") return left === right;
  return operator === "!=" ? left !== right : undefined;
}
