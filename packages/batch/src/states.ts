/**
 * Where a repository stands. Each is in exactly one state:
 * discovered → scanned → planned → committed → pushed → pr-open → merged, closed or superseded;
 * or clean, skipped, blocked, failed, each but clean with a reason.
 */
export const STATES = [
  "discovered",
  "scanned",
  "planned",
  "committed",
  "pushed",
  "pr-open",
  "merged",
  "closed",
  "superseded",
  "clean",
  "skipped",
  "blocked",
  "failed",
] as const;

export type State = (typeof STATES)[number];
