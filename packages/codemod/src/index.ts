export type * from "./types.ts";
export { CiFixError, type ErrorCode } from "./errors.ts";
export { defineCodemod } from "./define.ts";
