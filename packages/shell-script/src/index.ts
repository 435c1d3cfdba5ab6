export type { ScriptCommand, Span } from "./commands.ts";
export type { Dialect, ShellOptions } from "./model/state.ts";
export { maskExpressions } from "./parse.ts";
export { readShellScript, type Fate, type ShellScript } from "./script.ts";
export { optionsOf, shellScriptOf } from "./step-script.ts";
