import { createHash } from "node:crypto";
import type { Queries } from "../database/types.ts";

export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Keeps contents by digest: what a thousand repositories have in common is kept once. */
export async function keepContents(queries: Queries, contents: readonly Uint8Array[]): Promise<void> {
  const unique = new Map(contents.map((bytes) => [digestOf(bytes), bytes]));
  if (unique.size === 0) return;
  const rows = [...unique].map((_, index) => `($${2 * index + 1}, $${2 * index + 2}::bytea)`);
  const values = [...unique].flatMap(([digest, bytes]) => [
    digest,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
  await queries.query(
    `insert into ci_fix.content (digest, bytes) values ${rows.join(", ")} on conflict do nothing`,
    values,
  );
}

/** Rejects for a digest that the ledger does not have: it never forgets one. */
export async function readContents(queries: Queries, digests: readonly string[]): Promise<Map<string, Buffer>> {
  const wanted = [...new Set(digests)];
  const rows = await queries.query<{ digest: string; bytes: Uint8Array }>(
    "select digest, bytes from ci_fix.content where digest = any($1)",
    [wanted],
  );
  const found = new Map(rows.map(({ digest, bytes }) => [digest, Buffer.from(bytes)]));
  for (const digest of wanted) if (!found.has(digest)) throw new Error(`the ledger lost the content ${digest}`);
  return found;
}
