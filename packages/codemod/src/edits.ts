import type { Edit } from "@ci-fix/yaml-editor";
import type { Finding } from "./types.ts";

/** The edits of findings, in their order. What several findings share as one outcome is one change, and made once. */
export function editsOf(findings: readonly Finding[]): readonly Edit[] {
  const outcomes = new Set(findings.map((finding) => finding.outcome));
  return [...outcomes].flatMap((outcome) => (outcome.kind === "skip" ? [] : outcome.edits));
}
