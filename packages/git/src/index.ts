export type * from "./types.ts";
export { GitError, type GitErrorCode } from "./errors.ts";
export { openRepository } from "./open.ts";
export { DEFAULT_LIMITS, type Limits, withLimits } from "./limits.ts";
export { type Address, isAddress, readAddress } from "./remote/address.ts";
export { cloneRemote, fetchBlobs, whereMoved } from "./remote/clone.ts";
export { openRemoteEnd, type RemoteEnd, type RemoteRefs, requireBranchName } from "./remote/end.ts";
export { openScratch } from "./remote/scratch.ts";
export type { Access } from "./remote/transport.ts";
