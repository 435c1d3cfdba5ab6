import { CiFixError, nearest, type Safety } from "@ci-fix/codemod";
import { groupFindings, type LocatedFinding, type MatchedRisk, type RegisterMatch } from "@ci-fix/register";

/** What a person asked for. */
export interface Selection {
  /** Ids of risks; naming one consents to its `review` fixes. */
  readonly ids?: readonly string[];
  /** Classes of risk. */
  readonly classes?: readonly string[];
  /** Everything that is open. */
  readonly all?: boolean;
  /** Also what is `review`, for `classes` and `all`. */
  readonly includeReview?: boolean;
}

/** What one commit is to change: the findings of one risk, or without an id those of one file and codemod. */
export interface SelectedRisk {
  readonly risk: MatchedRisk | undefined;
  readonly findings: readonly LocatedFinding[];
  /** Actionable findings of the risk that the selection leaves out because they want a review. */
  readonly held: readonly LocatedFinding[];
}

/** Picks the risks to work on. Rejects ids that the register does not have, with the nearest ones. */
export function selectRisks(match: RegisterMatch, selection: Selection): SelectedRisk[] {
  if (selection.ids !== undefined) return selection.ids.map((id) => selectById(match, id));
  const wanted = (finding: LocatedFinding): boolean => selection.classes?.includes(finding.finding.class) ?? true;
  const registered = match.risks
    .filter(({ risk }) => risk.status === "open" || risk.status === "fixed")
    .map((risk) => split(risk, risk.findings.filter(wanted), selection.includeReview === true));
  const loose = groupFindings(match.unregistered.filter(wanted)).map((group) =>
    split(undefined, group, selection.includeReview === true),
  );
  return [...registered, ...loose].filter(({ findings, held }) => findings.length + held.length > 0);
}

function selectById(match: RegisterMatch, id: string): SelectedRisk {
  const risk = match.risks.find((candidate) => candidate.risk.id === id);
  if (risk === undefined) throw unknownId(id, match);
  const { status, justification, exitCriteria } = risk.risk;
  if (status === "accepted" || status === "deferred") {
    const words = status === "accepted" ? justification : exitCriteria;
    throw new CiFixError("CI_FIX_NOT_OPEN", `${id} is ${status}: ${words ?? "no reason given"}`, {
      exitCode: 4,
      hint: `set its status to open in .ci-fix/register.yml to fix it after all`,
    });
  }
  const possible = risk.findings.filter((finding) => safetyOf(finding) !== "report");
  // What is left to a person alone is refused where a fix is asked for.
  return { risk, findings: possible.length === 0 ? risk.findings : possible, held: [] };
}

function split(risk: MatchedRisk | undefined, findings: readonly LocatedFinding[], review: boolean): SelectedRisk {
  const applies = (finding: LocatedFinding): boolean => {
    const safety = safetyOf(finding);
    return safety === "safe" || (review && safety === "review");
  };
  const actionable = findings.filter((finding) => safetyOf(finding) !== undefined);
  return {
    risk,
    findings: actionable.filter(applies),
    held: actionable.filter((finding) => !applies(finding)),
  };
}

function safetyOf({ finding }: LocatedFinding): Safety | undefined {
  return finding.outcome.kind === "skip" ? undefined : finding.outcome.safety;
}

function unknownId(id: string, match: RegisterMatch): CiFixError {
  const known = match.risks.map(({ risk }) => risk.id);
  if (known.length === 0) {
    return new CiFixError("CI_FIX_NO_REGISTER", `there is no risk ${id}: the register is empty or missing`, {
      exitCode: 2,
      hint: "run `ci-fix register update` to give what is found here its ids",
    });
  }
  return new CiFixError("CI_FIX_UNKNOWN_RISK", `the register has no risk ${id}`, {
    exitCode: 2,
    hint: `did you mean ${nearest(id, known).join(", ")}?`,
  });
}
