import { data, Evaluator, Lexer, Parser, type Expr } from "@actions/expressions";
import * as ast from "@actions/expressions/ast";
import type { Evaluation, Expression, StatusFunction, Value } from "@ci-fix/expression";

type Data = data.ExpressionData;

const CONTEXTS = [
  "env",
  "github",
  "inputs",
  "job",
  "jobs",
  "matrix",
  "needs",
  "runner",
  "secrets",
  "steps",
  "strategy",
  "vars",
];
const STATUS: readonly StatusFunction[] = ["success", "failure", "always", "cancelled"];

/** A world to evaluate in. */
export interface World {
  readonly contexts: { readonly [name: string]: Value };
  readonly status: Readonly<Record<StatusFunction, boolean>>;
}

/** GitHub's own parser, told of every context and of the functions that it leaves to its callers. Undefined: refused. */
export function judgeParse(text: string, world?: World): Expr | undefined {
  try {
    return new Parser(new Lexer(text).lex().tokens, CONTEXTS, extensions(world)).parse();
  } catch {
    return undefined;
  }
}

/** GitHub's own evaluation. */
export function judgeEvaluate(text: string, world: World): Evaluation {
  const tree = judgeParse(text, world);
  if (tree === undefined) return { ok: false, message: "refused" };
  const functions = new Map(extensions(world).map((each) => [each.name.toLowerCase(), each]));
  const contexts = new data.Dictionary(...CONTEXTS.map((key) => ({ key, value: toData(world.contexts[key] ?? null) })));
  try {
    return { ok: true, value: fromData(new Evaluator(tree, contexts, functions).evaluate()) };
  } catch (error) {
    return { ok: false, message: String(error) };
  }
}

function extensions(world: World | undefined) {
  const status = STATUS.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 255,
    call: (): Data => new data.BooleanData(world?.status[name] ?? false),
  }));
  return [...status, { name: "hashFiles", minArgs: 1, maxArgs: 255, call: (): Data => new data.StringData("hash") }];
}

function toData(value: Value): Data {
  if (value === null) return new data.Null();
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "string") return new data.StringData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  return new data.Dictionary(
    ...Object.entries(value).map(([key, item]: [string, Value]) => ({ key, value: toData(item) })),
  );
}

function fromData(value: Data): Value {
  if (value instanceof data.Array) return value.values().map(fromData);
  if (value instanceof data.Dictionary)
    return Object.fromEntries(value.pairs().map(({ key, value: item }) => [key, fromData(item)]));
  if (value instanceof data.Null) return null;
  return value instanceof data.BooleanData || value instanceof data.NumberData || value instanceof data.StringData
    ? value.value
    : null;
}

/** The judge's tree as nested lists, parentheses kept, chains flat. */
export function judgeShape(node: Expr): unknown {
  if (node instanceof ast.Literal) return ["literal", fromData(node.literal)];
  if (node instanceof ast.ContextAccess) return ["context", node.name.lexeme];
  if (node instanceof ast.Grouping) return ["group", judgeShape(node.group)];
  if (node instanceof ast.Unary) return ["!", judgeShape(node.expr)];
  if (node instanceof ast.Binary) return [node.operator.lexeme, judgeShape(node.left), judgeShape(node.right)];
  if (node instanceof ast.Logical) return [node.operator.lexeme, ...node.args.map(judgeShape)];
  if (node instanceof ast.FunctionCall) return ["call", node.functionName.lexeme, ...node.args.map(judgeShape)];
  if (node instanceof ast.IndexAccess) return ["index", judgeShape(node.expr), judgeShape(node.index)];
  return "*";
}

/** Our tree in the same form. */
export function ourShape(node: Expression): unknown {
  switch (node.kind) {
    case "literal":
      return ["literal", node.value];
    case "context":
      return ["context", node.name];
    case "group":
      return ["group", ourShape(node.inner)];
    case "not":
      return ["!", ourShape(node.operand)];
    case "call":
      return ["call", node.name, ...node.args.map(ourShape)];
    case "property":
      return ["index", ourShape(node.object), node.name === "*" ? "*" : ["literal", node.name]];
    case "index":
      return ["index", ourShape(node.object), node.index === undefined ? "*" : ourShape(node.index)];
    case "binary":
      return [node.operator, ...chain(node).map(ourShape)];
  }
}

function chain(node: Expression & { kind: "binary" }): readonly Expression[] {
  const { left, right, operator } = node;
  const flat = (operator === "&&" || operator === "||") && left.kind === "binary" && left.operator === operator;
  return flat ? [...chain(left), right] : [left, right];
}
