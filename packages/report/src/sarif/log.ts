import type { RegisterMatch } from "@ci-fix/register";
import type { ScanResult } from "@ci-fix/runner";
import type { Log } from "sarif";
import type { ClassPage } from "../class-page.ts";
import { triage } from "../triage.ts";
import { visibleJson } from "../visible.ts";
import { describeNotifications, leftOut, unreadFile } from "./notifications.ts";
import { resultsOf } from "./results.ts";
import { ruleOf } from "./rules.ts";

export interface SarifOptions {
  /** Of ci-fix. */
  readonly version: string;
  /** One for each class of each codemod: they become the rules. */
  readonly pages: readonly ClassPage[];
  /** `YYYY-MM-DD`: the day on which exceptions are judged. */
  readonly date: string;
  /** Tells kept findings too, as results that are no failures. */
  readonly verbose?: boolean;
}

/** Code scanning refuses a run with more results; of these it shows the 5,000 most severe. */
const MOST_RESULTS = 25_000;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** A scan as a SARIF 2.1.0 log with one run. Nothing in it depends on the machine or the clock. */
export function renderSarif(scan: ScanResult, match: RegisterMatch, options: SarifOptions): string {
  return `${visibleJson(JSON.stringify(sarifLog(scan, match, options), null, 2))}\n`;
}

function sarifLog(scan: ScanResult, match: RegisterMatch, options: SarifOptions): Log {
  const classes = options.pages.map((page) => page.class);
  const results = resultsOf(triage(scan, match, options.date), match, classes, options.verbose === true);
  const beyond = results.length - MOST_RESULTS;
  const notifications = [...scan.errors.map(unreadFile), ...(beyond > 0 ? [leftOut(beyond, MOST_RESULTS)] : [])];
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ci-fix",
            version: options.version,
            rules: options.pages.map(ruleOf),
            ...(notifications.length === 0 ? {} : { notifications: describeNotifications(notifications) }),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        results: results.slice(0, MOST_RESULTS),
      },
    ],
  };
}
