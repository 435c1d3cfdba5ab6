export type { ScriptCommand, Span } from "./commands.ts";
export { edited, reveals, type ScriptEdit } from "./edits.ts";
export { type Mask, masksOf } from "./masks.ts";
export type { Dialect, ShellOptions } from "./model/state.ts";
export { maskExpressions } from "./parse.ts";
export { readShellScript, type Fate, type ShellScript } from "./script.ts";
export { optionsOf, shellScriptOf } from "./step-script.ts";
export { isOverwritten, lineCommands, type LineCommand, type LineShell } from "./straight-line.ts";
