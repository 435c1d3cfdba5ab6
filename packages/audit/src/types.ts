import type { DeltaAudit } from "./types/delta.ts";
import type { FullAudit } from "./types/full.ts";

export type * from "./types/changes.ts";
export type * from "./types/delta.ts";
export type * from "./types/full.ts";
export type * from "./types/records.ts";
export type * from "./types/review.ts";
export type * from "./types/shared.ts";

/** All that an audit knows, as plain data: what `--format json` prints, and what every renderer starts from. */
export type AuditFacts = FullAudit | DeltaAudit;
