import type { Severity } from "@ci-fix/codemod";
import type { ReportingConfiguration } from "sarif";

/** SARIF knows three levels of failure; code scanning sorts alerts by them. */
export const LEVELS: Readonly<Record<Severity, ReportingConfiguration.level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};
