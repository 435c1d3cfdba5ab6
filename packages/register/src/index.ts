export type * from "./types.ts";
export { fingerprints } from "./fingerprint.ts";
export { matchRegister } from "./match.ts";
export { DEFAULT_SCHEMA, REGISTER_PATH } from "./new-register.ts";
export { planRegisterUpdate } from "./update.ts";
export { planStatusChange } from "./status.ts";
export { readConfig } from "./config.ts";
export { readRegister } from "./read.ts";
export { compareFindings, groupFindings, isActionable } from "./order.ts";
