import { relative, sep } from "node:path";
import type { Survey } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";

/** Files that could not be looked at, one warning each. */
export function reportScanErrors({ terminal }: Invocation, { result }: Survey): void {
  for (const { code, message, file, line } of result.errors)
    terminal.report({ level: "warning", code, message, file, line });
}

/** The root as the user would write it from where the command runs. */
export function shownRoot({ host }: Invocation, { root }: Pick<Survey, "root">): string {
  return relative(host.cwd(), root).split(sep).join("/") || ".";
}
