export type * from "./types.ts";
export { parseCondition, parseTemplate } from "./template.ts";
export { parseExpression } from "./parse.ts";
export { evaluate } from "./evaluate.ts";
export { fold } from "./fold.ts";
export { removeFalseGuard } from "./simplify.ts";
export { contextPaths, statusFunctions } from "./query.ts";
