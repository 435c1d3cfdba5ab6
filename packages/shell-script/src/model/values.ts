import type { ArithmeticExpression, Word, WordPart } from "unbash";
import { holdsMask } from "../parse.ts";
import type { State } from "./state.ts";

/** The value of a word where it is certain; undefined where it depends on what is not known. */
export function valueOf(word: Word, state: State): string | undefined {
  if (holdsMask(word.text)) return undefined;
  if (word.parts === undefined) return word.value;
  return joined(word.parts, state);
}

function joined(parts: readonly WordPart[], state: State): string | undefined {
  let text = "";
  for (const part of parts) {
    const value = partValue(part, state);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

function partValue(part: WordPart, state: State): string | undefined {
  if (part.type === "Literal" || part.type === "SingleQuoted") return part.value;
  if (part.type === "DoubleQuoted") return joined(part.parts, state);
  if (part.type === "SimpleExpansion") return variable(part.text.slice(1), state);
  if (part.type === "ParameterExpansion" && part.index === undefined && part.prefix === undefined) {
    return part.operation === undefined ? variable(part.parameter, state) : defaulted(part, state);
  }
  if (part.type === "ArithmeticExpansion" && part.expression !== undefined) {
    const number = arithmetic(part.expression, state);
    return number === undefined ? undefined : String(number);
  }
  return undefined;
}

/** `${rc:-0}` of a variable that is known not to be empty. */
function defaulted(part: Extract<WordPart, { type: "ParameterExpansion" }>, state: State): string | undefined {
  const value = variable(part.parameter, state);
  const operation = part.operation;
  if (operation?.type !== "Default" || value === undefined || value === "") return undefined;
  return /^:?[-=?]$/u.test(operation.operator) ? value : undefined;
}

function variable(name: string, state: State): string | undefined {
  return name === "?" ? String(state.status) : state.variables.get(name);
}

/** The number that an arithmetic expression gives, where it is certain. */
export function arithmetic(expression: ArithmeticExpression, state: State): number | undefined {
  switch (expression.type) {
    case "ArithmeticWord":
      return numberOf(expression.value, state);
    case "ArithmeticGroup":
      return arithmetic(expression.expression, state);
    case "ArithmeticUnary": {
      const value = arithmetic(expression.operand, state);
      if (value === undefined) return undefined;
      if (expression.operator === "!") return Number(value === 0);
      return expression.operator === "-" ? -value : undefined;
    }
    case "ArithmeticBinary": {
      const [left, right] = [arithmetic(expression.left, state), arithmetic(expression.right, state)];
      return left === undefined || right === undefined ? undefined : compared(left, expression.operator, right);
    }
    default:
      return undefined;
  }
}

function numberOf(text: string, state: State): number | undefined {
  const plain = text.replace(/^\$\{?(\w+|\?)\}?$/u, "$1");
  const value = /^\d+$/u.test(plain) && plain === text ? plain : variable(plain, state);
  return value !== undefined && /^-?(?:0|[1-9]\d*)$/u.test(value) ? Number(value) : undefined;
}

const operators: Record<string, (left: number, right: number) => number> = {
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  "<": (left, right) => Number(left < right),
  ">": (left, right) => Number(left > right),
  "<=": (left, right) => Number(left <= right),
  ">=": (left, right) => Number(left >= right),
  "&&": (left, right) => Number(left !== 0 && right !== 0),
  "||": (left, right) => Number(left !== 0 || right !== 0),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "|": (left, right) => left | right,
};

function compared(left: number, operator: string, right: number): number | undefined {
  return operators[operator]?.(left, right);
}

/** Variables that an arithmetic expression changes (`x++`, `x = 1`); what they hold then is not followed. */
export function assignedIn(expression: ArithmeticExpression | undefined): readonly string[] {
  switch (expression?.type) {
    case "ArithmeticBinary": {
      const own = /^(?:[-+*/%&|^]|<<|>>)?=$/u.test(expression.operator) ? assignedName(expression.left) : [];
      return [...own, ...assignedIn(expression.left), ...assignedIn(expression.right)];
    }
    case "ArithmeticUnary": {
      const own = /^(?:\+\+|--)$/u.test(expression.operator) ? assignedName(expression.operand) : [];
      return [...own, ...assignedIn(expression.operand)];
    }
    case "ArithmeticGroup":
      return assignedIn(expression.expression);
    case "ArithmeticTernary":
      return [expression.test, expression.consequent, expression.alternate].flatMap(assignedIn);
    default:
      return [];
  }
}

function assignedName(expression: ArithmeticExpression): readonly string[] {
  return expression.type === "ArithmeticWord" ? [expression.value] : [];
}
