import { renderAnnotations, renderMarkdown, renderSarif, renderScanJson } from "@ci-fix/report";
import type { ScanResult, Survey } from "@ci-fix/runner";
import { pages } from "../generated/pages.ts";
import type { Invocation } from "../invocation.ts";
import type { Format } from "../scan-command.ts";
import { readVersion } from "../version.ts";
import { shownRoot } from "./survey-notes.ts";

/** Prints a scan, or the chosen part of one, for another program. `date` is the day on which exceptions are judged. */
export function printFormatted(
  invocation: Invocation,
  found: Survey,
  result: ScanResult,
  format: Exclude<Format, "text">,
  date: string,
): void {
  invocation.terminal.print(render(invocation, found, result, format, date));
}

function render(
  invocation: Invocation,
  found: Survey,
  result: ScanResult,
  format: Exclude<Format, "text">,
  date: string,
): string {
  const { match } = found;
  switch (format) {
    case "json":
      return renderScanJson(result, match, shownRoot(invocation, found));
    case "sarif":
      return renderSarif(result, match, { version: readVersion(), pages, date, verbose: invocation.verbose });
    case "github":
      return renderAnnotations(result, match, { date });
    case "markdown":
      return renderMarkdown(result, match, { date });
  }
}
