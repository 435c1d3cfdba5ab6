import { headOf } from "../facts/head.ts";
import { gapsOf } from "../full/gaps.ts";
import { registerEntries } from "../full/register.ts";
import type { AuditOptions } from "../options.ts";
import { scoresOf } from "../scores/rubric.ts";
import { trendOf } from "../scores/trend.ts";
import type { CommitFacts, DeltaAudit, JobGraph } from "../types.ts";
import { actionsOf } from "./actions.ts";
import { appendixOf } from "./appendix.ts";
import { architectureOf } from "./architecture.ts";
import { ciOf } from "./ci.ts";
import { deferredOf } from "./deferred.ts";
import { evidenceOf } from "./evidence.ts";
import { gatesOf } from "./gates.ts";
import { gatherRange } from "./gather.ts";
import { graphsOf } from "./graphs.ts";
import { guardrailsOf } from "./guardrails.ts";
import { invariantsOf } from "./invariants.ts";
import { newIssues, preExisting } from "./issues.ts";
import { logOf } from "./log.ts";
import { mapOf } from "./map.ts";
import { measureSides } from "./measure.ts";
import { misleadingSides } from "./misleading.ts";
import type { Range } from "./range.ts";
import { securityOf } from "./security.ts";
import { conclusionOf, deltaSummary, verdictOf } from "./summary.ts";
import { testsReviewOf } from "./tests-review.ts";
import { wholeFiles } from "./weakening.ts";

/** What changed from a commit to HEAD. Rejects where there is no such commit, and where policy, register or a record cannot be read. */
export async function auditDelta(options: AuditOptions & { readonly base: string }): Promise<DeltaAudit> {
  return deltaOf(await gatherRange(options), options);
}

/** The sections that others are worked out from. */
function judge(range: Range, options: AuditOptions) {
  const head = headOf(range.after.tree, range.survey, range.records, options);
  const { milestone } = head;
  const graphs = graphsOf(range);
  const goneChecks = liveChecksGone(graphs);
  const wholes = wholeFiles(range);
  const invariants = invariantsOf(range, milestone);
  const evidence = evidenceOf(range);
  const register = registerEntries(range.after.tree, head.date, range.standing);
  const security = securityOf(range);
  const guardrails = guardrailsOf(range, invariants, goneChecks, wholes);
  const issues = newIssues(range);
  const old = preExisting(range);
  const deferred = deferredOf({ range, milestone, evidence, preExisting: old, register });
  const actions = actionsOf({ range, milestone, issues, preExisting: old, register, deferred });
  const gates = gatesOf({ range, invariants, guardrails, security, goneChecks });
  const terms = measureSides(range, invariants, register, goneChecks);
  const found = { head, graphs, wholes, invariants, evidence, register, security, guardrails, issues };
  return { ...found, range, preExisting: old, deferred, actions, gates, terms, ...misleadingSides(range) };
}

function deltaOf(range: Range, options: AuditOptions): DeltaAudit {
  const told = judge(range, options);
  const { head, evidence, invariants, security, issues, deferred, register, gates, terms } = told;
  const verdict = verdictOf(told);
  const posture = postureOf(range);
  return {
    ...head,
    mode: "delta",
    base: range.base,
    commits: commitsOf(range),
    posture,
    verdict,
    summary: deltaSummary(told),
    evidence,
    map: mapOf(range, told.wholes),
    architecture: architectureOf(told),
    ci: ciOf(range, told, invariants, issues),
    tests: testsReviewOf(range, invariants, deferred),
    security,
    guardrails: told.guardrails,
    issues,
    preExisting: told.preExisting,
    actions: told.actions,
    register,
    deferred,
    scores: trendOf({ ...head, records: range.records, now: terms.now, base: { terms: terms.base, name: "base" } }),
    log: logOf(range),
    proofs: range.proofs,
    gates,
    conclusion: conclusionOf(told),
    gaps: gapsOf(range.after.tree),
    graphs: told.graphs,
    appendix: appendixOf(head, range.base.commit, { ...told, posture, verdict, scores: scoresOf(terms.now) }),
  };
}

/** Checks that some run could report before, and none does any more. */
function liveChecksGone(graphs: readonly JobGraph[]): readonly string[] {
  return graphs.flatMap(({ before, removed }) =>
    removed.filter((id) => before?.find((job) => job.id === id)?.dead === false),
  );
}

function commitsOf({ commits }: Range): readonly CommitFacts[] {
  return commits.map(({ commit: { oid, subject }, landed, rolledBack }) => ({ oid, subject, landed, rolledBack }));
}

/** `preserve`: where all is well, every run ends as it did, and no file but those of CI, documents and governance changed. */
function postureOf({ proofs, files }: Range): DeltaAudit["posture"] {
  const isSame = proofs.every(({ changes }) =>
    changes.every(
      ({ certificate }) =>
        certificate.claims.find(({ name }) => name === "same-when-all-is-well")?.verdict === "proved",
    ),
  );
  const quiet = new Set(["workflow", "action", "ci-script", "governance", "documentation"]);
  return isSame && files.every(({ surface }) => quiet.has(surface)) ? "preserve" : "change";
}
