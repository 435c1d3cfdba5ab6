export type * from "./types.ts";
export { ForgeError, type ForgeErrorKind } from "./errors.ts";
export { findForges, type ForgeOptions } from "./find.ts";
export type { Clock } from "./client/clock.ts";
export type { FindPaceMemory, PaceMemory, PaceState } from "./client/pace-memory.ts";
export { tokens } from "./tokens.ts";
