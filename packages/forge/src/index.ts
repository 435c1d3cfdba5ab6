export type * from "./types.ts";
export { ForgeError, type ForgeErrorKind } from "./errors.ts";
export { findForges, type ForgeOptions } from "./find.ts";
export type { Clock } from "./client/clock.ts";
export { emptyPace, type FindPaceMemory, type PaceMemory, type PaceState } from "./client/pace-memory.ts";
export { tokens } from "./tokens.ts";
