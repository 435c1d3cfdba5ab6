import type { TargetMatch } from "./assign.ts";
import { quoted } from "./quoted.ts";
import type { LocatedFinding, Mismatch } from "./types.ts";

/** What of a target's findings is not as the register says. */
export function mismatchesOf(match: TargetMatch): readonly Mismatch[] {
  return match.findings.flatMap((finding) => [...renamed(match, finding), ...otherAction(match, finding)]);
}

function renamed({ by, target }: TargetMatch, finding: LocatedFinding): readonly Mismatch[] {
  if (by !== "rename") return [];
  const { unit } = finding.finding;
  const now = unit.kind === "step" ? unit.label : unit.id;
  return [
    {
      target,
      finding,
      kind: "renamed",
      message: `step ${quoted(target.step ?? "")} is gone; ${quoted(now)} in the same job is taken for it`,
    },
  ];
}

function otherAction({ target }: TargetMatch, finding: LocatedFinding): readonly Mismatch[] {
  const { outcome } = finding.finding;
  const { action } = target;
  if (action === undefined || action === outcome.kind) return [];
  if (outcome.kind !== "skip") {
    return [
      {
        target,
        finding,
        kind: "action",
        message: `the register wants to ${action} it; what can be done is to ${outcome.kind} it`,
      },
    ];
  }
  if (outcome.reason === "documented" && action === "document") return [];
  return [
    { target, finding, kind: "action", message: `the register wants to ${action} it; it is kept: ${outcome.message}` },
  ];
}
