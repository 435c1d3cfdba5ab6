import type { ParsedCondition, UnguardResult } from "./types.ts";

/** Not there yet. */
export function removeFalseGuard(condition: ParsedCondition): UnguardResult {
  return { ok: false, reason: "no-guard", message: `No guard in ${condition.text}` };
}
