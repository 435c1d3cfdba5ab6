export type * from "./types.ts";
export { applyEdits } from "./apply.ts";
export { openYaml } from "./open.ts";
