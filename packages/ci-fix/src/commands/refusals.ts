import type { Refusal } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";

/** Tells why something is not changed. True if there was anything to tell. */
export function reportRefusals(
  { terminal }: Invocation,
  plans: readonly {
    readonly refusals: readonly Refusal[];
    readonly id?: string | null;
    readonly ids?: readonly string[];
  }[],
): boolean {
  let any = false;
  for (const { refusals, id, ids = [id ?? "a finding without an id"] } of plans) {
    for (const { code, message, file, line, hint } of refusals) {
      any = true;
      terminal.report({ level: "error", code, message: `${ids.join(", ")}: ${message}`, file, line, hint });
    }
  }
  return any;
}
