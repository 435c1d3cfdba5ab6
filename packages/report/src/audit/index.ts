export { renderAuditJson } from "./json.ts";
