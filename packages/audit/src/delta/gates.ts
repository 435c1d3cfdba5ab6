import type { Guardrail, InvariantFacts, QualityGate, SecurityReview } from "../types.ts";
import { count, listed } from "../words.ts";
import { isUpstreamOnly } from "./evidence.ts";
import type { Range } from "./range.ts";
import { touchedSurfaces } from "./surfaces.ts";

interface Given {
  readonly range: Range;
  readonly invariants: readonly InvariantFacts[];
  readonly guardrails: readonly Guardrail[];
  readonly security: SecurityReview;
  readonly goneChecks: readonly string[];
}

type Verdict = Pick<QualityGate, "status" | "evidence"> & { readonly fix?: string };

/** Section 15. Each gate is decided by facts of earlier sections; docs/audit.md tells the rules. */
export function gatesOf(given: Given): readonly QualityGate[] {
  const gate = (key: QualityGate["key"], name: string, { status, evidence, fix = "" }: Verdict): QualityGate => ({
    key,
    name,
    status,
    evidence,
    fix: status === "fail" ? fix : "",
  });
  return [
    gate("invariants", "Invariants", invariantGate(given)),
    gate("ci", "CI stability", ciGate(given)),
    gate("tests", "Tests", untouched(given, ["test"], "a test")),
    gate("coverage", "Coverage", untouched(given, ["library", "cli", "api"], "production code")),
    gate("compatibility", "Compatibility", compatibility(given)),
    gate("workflows", "Workflows", workflows(given)),
    gate("security", "Security", securityGate(given)),
    gate("dx_docs", "DX and docs", docsGate(given)),
    gate("guardrails", "Guardrails", guardrailGate(given)),
  ];
}

function invariantGate({ invariants }: Given): Verdict {
  const broken = invariants.filter(({ status }) => status === "broken");
  const unknown = invariants.filter(({ status }) => status === "unknown");
  const evidence = `${listed(invariants.map(({ id, status }) => `${id} ${status}`))}.`;
  if (broken.length > 0)
    return {
      status: "fail",
      evidence,
      fix: "`ci-fix check --base REV` names what is new; take it back, or accept it with a reason on the base.",
    };
  return { status: unknown.length > 0 ? "unknown" : "pass", evidence };
}

function ciGate({ range: { proofs } }: Given): Verdict {
  const changes = proofs.flatMap((proof) => proof.changes);
  if (changes.some(({ judgement }) => judgement === "weaker"))
    return {
      status: "fail",
      evidence: "A landed fix lets a run pass that failed before.",
      fix: "`ci-fix rollback ID --commit` for that risk.",
    };
  const upstream = proofs.filter(isUpstreamOnly).map(({ id }) => id);
  if (upstream.length > 0)
    return {
      status: "unknown",
      evidence: `Not to be seen on a fork: ${listed(upstream)}; the proofs stand in for it.`,
    };
  if (changes.some(({ judgement }) => judgement === "unknown"))
    return { status: "unknown", evidence: "The model cannot compare every change." };
  return {
    status: "pass",
    evidence:
      changes.length === 0
        ? "Nothing that a run does was changed by a risk."
        : "Every effect is proved, and shows in the runs of the pull request.",
  };
}

function untouched({ range: { files } }: Given, surfaces: readonly string[], what: string): Verdict {
  const touched = files.filter(({ surface }) => surfaces.includes(surface));
  if (touched.length === 0) return { status: "n/a", evidence: `No file of ${what} was touched.` };
  return {
    status: "unknown",
    evidence: `${count(touched.length, "file")} of ${what} changed; what that does is not in the files.`,
  };
}

function compatibility({ range: { files }, goneChecks }: Given): Verdict {
  const surfaces = touchedSurfaces(files).map(({ name }) => name);
  if (surfaces.length > 0)
    return { status: "unknown", evidence: `${listed(surfaces)} touched; contracts are not looked at.` };
  if (goneChecks.length > 0)
    return {
      status: "unknown",
      evidence: `${count(goneChecks.length, "check")} that could run ${goneChecks.length === 1 ? "is" : "are"} gone; if one is required, merges wait for it.`,
    };
  return {
    status: "pass",
    evidence: "CI configuration only; no consumer surface was touched, and no check that could run is gone.",
  };
}

function workflows({ range, security }: Given): Verdict {
  const { check, proofs } = range;
  if (check.unreadable.length > 0)
    return {
      status: "fail",
      evidence: `${count(check.unreadable.length, "CI file")} cannot be read any more.`,
      fix: "`ci-fix scan` names the line; mend it.",
    };
  const widened = security.trust.filter(({ widens }) => widens);
  const changed = proofs.flatMap(({ changes }) => changes).length;
  const trust =
    widened.length === 0 ? "no permission was widened" : `${count(widened.length, "change")} of trust to review`;
  return { status: "pass", evidence: `${count(changed, "change")} by risk; every CI file reads; ${trust}.` };
}

function securityGate({ security: { posture, trust, secrets } }: Given): Verdict {
  const worse = posture.filter(({ impact }) => impact === "worse");
  if (worse.length > 0)
    return {
      status: "fail",
      evidence: `${listed(worse.map(({ change }) => change))}.`,
      fix: "Let the scan run again, or write down who decided that it goes.",
    };
  const widened = trust.filter(({ widens, aspect }) => widens && aspect !== "eligibility" && aspect !== "pinning");
  const added = secrets.filter((change) => change.includes("added"));
  if (widened.length + added.length > 0)
    return {
      status: "unknown",
      evidence: `To be reviewed: ${listed([...widened.map(({ change }) => change), ...added], 4)}.`,
    };
  const better = posture.filter(({ impact }) => impact === "improved").map(({ change }) => change);
  return {
    status: "pass",
    evidence:
      better.length === 0
        ? "No secret, permission or trigger was added."
        : `No secret, permission or trigger was added; ${listed(better)}.`,
  };
}

function docsGate({ range: { landed, proofs } }: Given): Verdict {
  const removes = proofs.filter(({ changes }) => changes.some(({ judgement }) => judgement === "no-change"));
  const unexplained = removes.filter(
    ({ changes }) =>
      !changes.some(({ hunks }) => hunks.some(({ lines }) => lines.some((line) => /^\+\s*#/u.test(line)))),
  );
  if (unexplained.length > 0)
    return {
      status: "fail",
      evidence: `${listed(unexplained.map(({ id }) => id))} left no note.`,
      fix: "Write a comment where something was removed.",
    };
  if (landed.length === 0) return { status: "n/a", evidence: "No risk landed." };
  const notes = removes.length === 0 ? "" : "; a note stands where something was removed";
  return {
    status: "pass",
    evidence: `Each commit says what a run does differently and carries the digest of its proof${notes}.`,
  };
}

function guardrailGate({ guardrails }: Given): Verdict {
  const failed = guardrails.filter(({ status }) => status === "fail").map(({ name }) => name);
  const unknown = guardrails.filter(({ status }) => status === "unknown").map(({ name }) => name);
  if (failed.length > 0) return { status: "fail", evidence: `${listed(failed)}.`, fix: "Section 8 tells what to do." };
  if (unknown.length > 0) return { status: "unknown", evidence: `Not decided: ${listed(unknown)}.` };
  const passed = guardrails.filter(({ status }) => status === "pass").length;
  return { status: "pass", evidence: `${passed} of ${guardrails.length} pass; the others have nothing to look at.` };
}
