// What needs neither a parser nor a diff: help and errors load this alone.
export { renderProblem, type Problem } from "./problem.ts";
export { createStyle, wantsColor, type ColorChoice, type Role, type Style } from "./style.ts";
export { wrap } from "./text-width.ts";
export { visible } from "./visible.ts";
export { count, SEVERITIES } from "./words.ts";
