export type * from "./types.ts";
export { ForgeError, type ForgeErrorKind } from "./errors.ts";
export { findForges, type ForgeOptions } from "./find.ts";
export type { Clock } from "./client/clock.ts";
export { tokens } from "./tokens.ts";
