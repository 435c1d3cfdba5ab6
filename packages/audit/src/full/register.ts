import type { LocatedFinding, MatchedRisk, Risk, RiskTarget } from "@ci-fix/register";
import { isSilent, placeOf } from "../facts/finding.ts";
import type { Tree } from "../tree.ts";
import type { Place, RegisterEntry } from "../types.ts";

/** The register with the status of today, whatever was written down. `landed`: ids whose fix stands in the history. */
export function registerEntries(
  { match }: Pick<Tree, "match">,
  date: string,
  landed: ReadonlySet<string>,
): readonly RegisterEntry[] {
  return match.risks.map((matched) => {
    const { risk } = matched;
    const status = statusOf(matched, date, landed);
    return {
      id: risk.id,
      title: titleOf(matched),
      severity: risk.severity,
      status,
      places: placesOf(matched),
      followUp: followUpOf(risk, status),
      owner: risk.owner ?? null,
      expires: risk.expires ?? null,
    };
  });
}

/** What a risk is called: its own title, what was found, or the place that was written down. */
export function titleOf({ risk, findings }: MatchedRisk): string {
  const [first] = findings;
  if (risk.title !== undefined) return risk.title;
  if (first !== undefined) return first.finding.message;
  const [target] = risk.targets;
  return target === undefined ? risk.id : placeWords(target);
}

export function placeWords({ file, job, step }: RiskTarget): string {
  const unit = step === undefined ? (job === undefined ? "" : `job \`${job}\` of `) : `step \`${step}\` of `;
  return `${unit}\`${file}\``;
}

function statusOf(
  { risk, findings, vanished }: MatchedRisk,
  date: string,
  landed: ReadonlySet<string>,
): RegisterEntry["status"] {
  if (risk.status === "accepted") return risk.expires !== undefined && risk.expires < date ? "expired" : "accepted";
  if (risk.status === "deferred") return "deferred";
  if (findings.some((located) => isOpenStill(located, landed.has(risk.id)))) return "open";
  const wasSeen =
    risk.status === "fixed" ||
    landed.has(risk.id) ||
    findings.length > 0 ||
    vanished.every(({ fingerprint }) => fingerprint !== undefined);
  return wasSeen ? "fixed" : "missing";
}

/** What no fix would change does not keep a risk open whose fix has landed: it is another matter at the same place. */
function isOpenStill(located: LocatedFinding, hasLanded: boolean): boolean {
  const { outcome } = located.finding;
  if (outcome.kind === "document") return true;
  const isReported = outcome.kind === "skip" || outcome.safety === "report";
  return isSilent(located) && !(hasLanded && isReported);
}

function placesOf({ risk, findings }: MatchedRisk): readonly Place[] {
  if (findings.length > 0) return findings.map(placeOf);
  return risk.targets.map(({ file, job, step }) => ({ file, line: null, job: job ?? null, step: step ?? null }));
}

function followUpOf(risk: Risk, status: RegisterEntry["status"]): string {
  switch (status) {
    case "open":
      return `fix: \`ci-fix --risk ${risk.id}\``;
    case "fixed":
      return "none: its fix stands";
    case "accepted":
      return `acceptable: ${risk.justification ?? "no reason given"}`;
    case "expired":
      return `decide again: it was accepted until ${risk.expires ?? ""} (${risk.justification ?? "no reason given"})`;
    case "deferred":
      return `until: ${risk.exitCriteria ?? "no exit criteria given"}`;
    case "missing":
      return "look at the place: nothing was ever found there";
  }
}
