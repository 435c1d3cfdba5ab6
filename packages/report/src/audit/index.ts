export { renderAuditHtml } from "./html/index.ts";
export { renderAuditJson } from "./json.ts";
export { renderAuditMarkdown } from "./markdown/index.ts";
