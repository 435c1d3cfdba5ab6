import { createHash } from "node:crypto";
import type { Certificate } from "../types.ts";

/** SHA-256 in hex. */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 in hex of the certificate as JSON with sorted keys and no blanks, so that it does not depend on how it was written. */
export function digestOf(certificate: Certificate): string {
  return sha256(JSON.stringify(sorted(certificate)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}
