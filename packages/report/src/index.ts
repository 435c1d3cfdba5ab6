export { renderDiff } from "./diff.ts";
export { renderFindings, type FindingsOptions } from "./findings.ts";
export { renderPatch } from "./patch.ts";
export { renderRegister } from "./register-table.ts";
export { renderScanJson, SCAN_JSON_VERSION, type FindingJson, type OutcomeJson, type ScanJson } from "./scan-json.ts";
export * from "./text.ts";
export { triage, type Triage } from "./triage.ts";
