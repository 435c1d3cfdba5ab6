import type { Policy } from "@ci-fix/codemod";
import { aboutPolicy, matchRegister, withAccepted, type LocatedFinding } from "@ci-fix/register";
import { asPolicySays } from "../classes.ts";
import type { ScanResult } from "../types.ts";
import type { Terms } from "./terms.ts";

type Scanned = Pick<ScanResult, "findings" | "errors">;

/** Exceptions of the change whose last day has passed: in comments, in the register and in the policy. */
export function expiredIn(
  scanned: Scanned,
  { register, config, file }: Terms,
  policy: Policy,
): readonly LocatedFinding[] {
  const { findings } = scanned;
  const { date } = policy;
  const match = matchRegister(register?.register ?? { risks: [] }, findings, { unread: unreadIn(scanned) });
  const accepted =
    register === undefined
      ? findings
      : withAccepted(findings, match, { bytes: register.bytes, date, complete: false }).findings;
  const standing =
    file === undefined ? [] : aboutPolicy(findings, config.exceptions, { ...file, date, complete: false });
  return asPolicySays([...accepted, ...standing], policy).filter(
    ({ finding }) => finding.class === "expired-exception",
  );
}

export function unreadIn({ errors }: Pick<ScanResult, "errors">): readonly string[] {
  return errors.map(({ file }) => file);
}
