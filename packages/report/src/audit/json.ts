import type { AuditFacts } from "@ci-fix/audit";
import { visibleJson } from "../visible.ts";

/** The facts as they are: one object, indented by two, with a line break at its end. Its schema is `@ci-fix/audit/audit.schema.json`. */
export function renderAuditJson(facts: AuditFacts): string {
  return `${visibleJson(JSON.stringify(facts, null, 2))}\n`;
}
