export { renderAuditJson } from "./json.ts";
export { renderAuditMarkdown } from "./markdown/index.ts";
