export type * from "./types.ts";
export { GitError, type GitErrorCode } from "./errors.ts";
export { openRepository } from "./open.ts";
