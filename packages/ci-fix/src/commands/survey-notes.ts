import { relative, sep } from "node:path";
import type { Survey } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";
import type { Format } from "../scan-command.ts";

/** Files that could not be looked at, one warning each; as annotations they stand among the others. */
export function reportScanErrors({ terminal }: Invocation, { result }: Survey, format: Format = "text"): void {
  if (format === "github") return;
  for (const { code, message, file, line } of result.errors)
    terminal.report({ level: "warning", code, message, file, line });
}

/** The root as the user would write it from where the command runs. */
export function shownRoot({ host }: Invocation, { root }: Pick<Survey, "root">): string {
  return relative(host.cwd(), root).split(sep).join("/") || ".";
}
