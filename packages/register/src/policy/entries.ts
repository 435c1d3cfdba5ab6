import type { PolicyEntry } from "@ci-fix/codemod";
import { readFields, readTexts, resolved, type Fields, type Reading } from "../fields.ts";

const KINDS = { commands: "command", actions: "action", names: "name" } as const;
const KEYS = ["commands", "actions", "names"] as const;

/** A list of words for commands, actions and names alike, or a map with a list for each. */
export function readEntries(reading: Reading, policy: Fields, key: "critical" | "best-effort"): readonly PolicyEntry[] {
  const entry = policy.entries.get(key);
  if (resolved(entry?.value)?.kind !== "map") return readTexts(reading, policy, key);
  const fields = readFields(reading, entry?.value, `"${key}"`, KEYS, policy.offset);
  if (fields === undefined) return [];
  return KEYS.flatMap((kind) => readTexts(reading, fields, kind).map((text) => ({ of: KINDS[kind], text })));
}
