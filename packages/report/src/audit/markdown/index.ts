import type { AuditFacts } from "@ci-fix/audit";
import { renderDelta } from "./delta.ts";
import { renderFull } from "./full.ts";

/** An audit as a Markdown document. Everything that comes from a file is escaped. */
export function renderAuditMarkdown(facts: AuditFacts): string {
  return facts.mode === "full" ? renderFull(facts) : renderDelta(facts);
}
