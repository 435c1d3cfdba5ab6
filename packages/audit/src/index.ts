export type * from "./types.ts";
export { auditDelta } from "./delta/audit.ts";
export { auditAll } from "./full/audit.ts";
export { planRecord, recordPath, type RecordOptions, type RecordPlan } from "./records/plan.ts";
export type { AuditOptions } from "./options.ts";
export { SCORE_WORDS } from "./scores/trend.ts";
export { REACH_WORDS } from "./inventory/reach.ts";
