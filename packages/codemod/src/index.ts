export type * from "./types.ts";
export { CiFixError, type ErrorCode } from "./errors.ts";
export { nearest, suggest } from "./suggest.ts";
export { defineCodemod } from "./define.ts";
export { editsOf } from "./edits.ts";
export { disabledGuard, disabledGuardMarks, isDisabledGuard, type DisabledGuard } from "./disabled-guard.ts";
export { markFinder } from "./marks.ts";
export { settleFindings } from "./settle.ts";
