export type * from "./types.ts";
export { ForgeError, type ForgeErrorKind } from "./errors.ts";
export { findForges, type ForgeOptions } from "./find.ts";
export { tokens } from "./tokens.ts";
