import type { Row } from "../database/types.ts";
import type { Change, Entry } from "../types.ts";

/** Columns whose name differs from the entry's key only in its spelling. */
const COLUMNS = {
  campaign: "campaign",
  id: "id",
  source: "source",
  kind: "kind",
  name: "name",
  host: "host",
  organisation: "organisation",
  state: "state",
  reason: "reason",
  detail: "detail",
  headRef: "head_ref",
  head: "head",
  scannedBy: "scanned_by",
  judged: "judged",
  errors: "errors",
  plan: "plan",
  planBody: "plan_body",
  merged: "merged",
  base: "base",
  tip: "tip",
  tips: "tips",
  pushed: "pushed",
  pull: "pull",
  pullUrl: "pull_url",
  declined: "declined",
  takenBack: "taken_back",
  failedIn: "failed_in",
  tries: "tries",
  nextAt: "next_at",
  step: "step",
  ticket: "ticket",
  worker: "worker",
} as const satisfies Record<keyof Entry, string>;

const JSON_COLUMNS: ReadonlySet<string> = new Set([
  "judged",
  "errors",
  "plan_body",
  "merged",
  "tips",
  "declined",
  "taken_back",
  "step",
]);

export function readEntry(row: Row): Entry {
  const entry = Object.fromEntries(Object.entries(COLUMNS).map(([key, column]) => [key, row[column]]));
  return entry as unknown as Entry;
}

/** `column = $n` for each field of a change, numbered from `first`. */
export function assignments(
  change: Change | Partial<Entry>,
  first: number,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  const columns = fields.map(([key]) => COLUMNS[key as keyof Entry]);
  const sql = columns.map(
    (column, index) => `${column} = $${first + index}${JSON_COLUMNS.has(column) ? "::jsonb" : ""}`,
  );
  const values = fields.map(([, value], index) =>
    JSON_COLUMNS.has(columns[index] ?? "") && value !== null ? JSON.stringify(value) : value,
  );
  return { sql: sql.join(", "), values };
}
