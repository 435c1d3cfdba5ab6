import { allOf, type TargetMatch } from "./assign.ts";
import { isActionable } from "./order.ts";
import type { Risk, RiskStatus } from "./types.ts";

/**
 * What the findings say about a risk's status; undefined where they leave it. Only `open` and `fixed` follow from findings:
 * what a person accepted or deferred stays so. `landed` says that the risk's fix stands in the history.
 */
export function statusFromFindings(
  risk: Risk,
  matches: readonly TargetMatch[],
  landed: boolean,
): RiskStatus | undefined {
  if (risk.status === "open" && matches.every((match) => isSettled(match, landed))) return "fixed";
  if (risk.status === "fixed" && matches.some((match) => allOf(match).some(isActionable))) return "open";
  return undefined;
}

/** Nothing is found for a target whose file was read. */
export function isMissing(match: TargetMatch): boolean {
  return !match.unread && match.findings.length === 0;
}

/** Nothing is left to do: the finding is gone, or is kept for a reason that came with the repair. */
function isSettled(match: TargetMatch, landed: boolean): boolean {
  if (match.unread) return false;
  // Never seen and not there may as well be a mistyped name.
  if (isMissing(match)) return landed || match.target.fingerprint !== undefined;
  return allOf(match).every(({ finding: { outcome } }) => {
    if (outcome.kind !== "skip") return false;
    if (outcome.reason === "documented") return match.target.action !== "fix";
    const wasRegistered = match.target.fingerprint !== undefined;
    return wasRegistered && (outcome.reason === "handled" || outcome.reason === "retried");
  });
}
