import type { Safety, Severity, SkipReason } from "@ci-fix/codemod";
import type { Remark } from "./reason.ts";

/** What to do about one soft-fail, and the facts that decided, most important first. */
export type Verdict =
  | { readonly kind: "fix"; readonly severity: Severity; readonly safety: Safety; readonly evidence: readonly string[] }
  | { readonly kind: "document"; readonly reason: Remark; readonly evidence: readonly string[] }
  | {
      readonly kind: "skip";
      readonly reason: SkipReason;
      readonly message: string;
      readonly evidence: readonly string[];
    };

/** Leaves a soft-fail as it is. `message` says why, in one sentence without a full stop. */
export function skip(reason: SkipReason, message: string, ...evidence: readonly string[]): Verdict {
  return { kind: "skip", reason, message, evidence: [message, ...evidence] };
}

/** What follows from a written reason: lifted above the soft-fail if it trails it, else it stands well where it is. */
export function explained(reason: Remark, ...evidence: readonly string[]): Verdict {
  const said = `its reason is written: "${clipped(reason.said)}"`;
  if (reason.place === "trailing") return { kind: "document", reason, evidence: [said, ...evidence] };
  return skip("documented", said, ...evidence);
}

/** At most `limit` characters of a text, for a sentence. */
export function clipped(text: string, limit = 120): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;
}
