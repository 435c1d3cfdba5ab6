import { readFileSync } from "node:fs";

/** Shells whose completion is known. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** What a person puts into the settings of a shell; one folder up from the sources as well as from the bundle. */
export function readCompletionScript(shell: Shell): string {
  return readFileSync(new URL(`../completion/ci-fix.${shell}`, import.meta.url), "utf8");
}
