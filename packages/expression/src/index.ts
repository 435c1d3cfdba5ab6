export type * from "./types.ts";
export { parseCondition, parseTemplate } from "./template.ts";
export { parseExpression } from "./parse.ts";
export { evaluate, type Evaluation, type Scope } from "./evaluate.ts";
export { fold, truthiness, type Folded, type Known } from "./fold.ts";
export { removeFalseGuard } from "./simplify.ts";
export {
  children,
  comparedTexts,
  contextPath,
  contextPaths,
  descend,
  operands,
  statusFunction,
  statusFunctions,
  ungroup,
  type StatusFunction,
} from "./query.ts";
export { compare, type Comparison } from "./values.ts";
export { unrecognized, type Place } from "./names.ts";
