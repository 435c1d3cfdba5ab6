import type { Unit } from "@ci-fix/workflow";
import { clipped } from "./verdict.ts";

/**
 * A value that is neither a boolean of YAML 1.2 nor an expression: `yes`, `on`, `1`. The template reader of GitHub Actions
 * takes it for a text, which its schema does not allow there.
 */
export function misreadValue({ softFail }: Unit): string | undefined {
  if (softFail.kind !== "expression" || softFail.text.includes("${{")) return undefined;
  return clipped(softFail.text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(), 60);
}
