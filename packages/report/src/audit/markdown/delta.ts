import type { DeltaAudit } from "@ci-fix/audit";
import { codeBlock } from "../../markdown/escape.ts";
import { visibleJson } from "../../visible.ts";
import { count } from "../../words.ts";
import { deltaMap } from "./delta-map.ts";
import { architecture, ciAudit, security, testsReview } from "./delta-review.ts";
import { bullets, heading, inline, LIGHTS, name, place, status, table } from "./parts.ts";
import { proofsSection } from "./proofs.ts";
import { actionsSection, deferredSection, gapsSection, scoresSection, unreadSection } from "./shared.ts";

/** The delta audit as a document: sixteen sections and the appendix, in the order that readers of earlier audits know. */
export function renderDelta(facts: DeltaAudit): string {
  const lines = [
    ...head(facts),
    ...heading(2, "1. Executive Summary"),
    ...summary(facts),
    ...heading(2, evidenceTitle(facts)),
    ...evidence(facts),
    ...heading(2, "3. Delta Map & Blast Radius"),
    ...deltaMap(facts.map, facts.proofs),
    ...heading(2, "4. Architecture & Modularity Review"),
    ...architecture(facts.architecture),
    ...heading(2, "5. CI/CD & Workflow Audit"),
    ...ciAudit(facts.ci, facts.milestone),
    ...heading(2, "6. Tests, Coverage, and Invariants"),
    ...testsReview(facts.tests),
    ...heading(2, "7. Security & Supply Chain"),
    ...security(facts.security),
    ...heading(2, "8. Refactor Guardrail Compliance Check"),
    ...table(
      ["Guardrail", "Status", "Evidence"],
      facts.guardrails.map((each) => [`**${each.name}**`, status(each.status), inline(each.evidence)]),
    ),
    ...heading(2, "9. Top Issues (Ranked)"),
    ...issues(facts),
    ...heading(2, "10. PR-Sized Action Plan"),
    ...actionsSection(facts.actions),
    ...heading(2, "11. Deferred Issues Registry (Cumulative)"),
    ...deferredSection(facts.deferred),
    ...heading(2, "12. Score Trend (Cumulative)"),
    ...scoresSection(facts.scores),
    ...heading(2, "13. Flake & Regression Log (Cumulative)"),
    ...log(facts),
    ...heading(2, "14. Diff-Based Semantic Proof"),
    ...proofsSection(facts.proofs),
    ...heading(2, "15. Quality Gates Evaluation"),
    ...gates(facts),
    ...heading(2, "16. Conclusion"),
    ...conclusion(facts),
    ...heading(2, "Machine-Readable Appendix"),
    codeBlock(visibleJson(JSON.stringify(facts.appendix, null, 2)).split("\n"), "json"),
    "",
    "---",
    "",
    `**End of ${inline(facts.milestone)} Audit**`,
  ];
  return `${lines.join("\n")}\n`;
}

const POSTURES = {
  preserve: "Behavior-Preserving (where all is well, every run ends as before)",
  change: "Behavior-Changing",
} as const;

function head({
  milestone,
  title,
  date,
  appendix,
  posture,
  verdict,
  repository,
  commits,
  evidence: { type },
  base,
}: DeltaAudit): string[] {
  const ci =
    type === "none"
      ? "Every effect shows in the runs of the pull request"
      : "Effects are skipped on a fork (guards on the repository)";
  return [
    `# ${inline(milestone)} Audit — ${title === null ? "What the Milestone Changed" : inline(title)}`,
    "",
    `**Milestone:** ${inline(milestone)}  `,
    "**Mode:** DELTA AUDIT  ",
    `**Range:** ${name(appendix.range)} (${count(commits.length, "commit")} since ${name(base.name.length > 20 ? base.name.slice(0, 11) : base.name)})  `,
    `**Date:** ${date}  `,
    ...(repository === null ? [] : [`**Upstream:** ${name(repository)}  `]),
    `**CI Status:** ${ci}  `,
    `**Refactor Posture:** ${POSTURES[posture]}  `,
    `**Audit Verdict:** ${LIGHTS[verdict.color]} ${inline(verdict.words)}`,
    "",
    "---",
    "",
  ];
}

function summary({ summary: { wins, risks, nextAction }, unread }: DeltaAudit): string[] {
  return [
    ...heading(3, "Wins"),
    ...bullets(
      wins.map((win) => `✅ ${win}`),
      "Nothing was settled in this range.",
    ),
    ...heading(3, "Risks"),
    ...bullets(
      risks.map((risk) => `⚠️ ${risk}`),
      "None that the facts show.",
    ),
    ...unreadSection(unread),
    ...heading(3, "Most Important Next Action"),
    `- ${inline(nextAction)}`,
    "",
  ];
}

function evidenceTitle({ evidence: { type } }: DeltaAudit): string {
  return type === "none" ? "2. Evidence Constraint: None" : "2. Evidence Constraint: Fork CI is Guarded";
}

function evidence({ evidence: facts, repository, gaps }: DeltaAudit): string[] {
  const { jobs, files, ofJobs, ofFiles } = facts.guarded;
  const upstream = repository === null ? "upstream" : name(repository);
  return [
    ...heading(3, facts.type === "none" ? "Guards Found" : "Why Fork CI is Skipped"),
    `${jobs} of ${count(ofJobs, "job")} in ${files} of ${count(ofFiles, "workflow")} ask for the repository or its owner, and run on ${upstream} only.`,
    "",
    ...(facts.guards.length === 0
      ? ["None of them stands in a file that this range touched.", ""]
      : [...guardsTable(facts.guards)]),
    ...heading(3, "What Cannot Be Proven on Fork"),
    ...bullets(
      facts.unobservable.map(({ id, effect }) => `❌ ${id}: ${effect}`),
      "Nothing: each effect can be observed on the pull request.",
    ),
    ...heading(3, "Verification Strategy"),
    "1. **Diff-based semantic proof** (section 14). What the changes do is mechanical:",
    ...facts.mechanics.map((sentence) => `   - ${inline(sentence)}`),
    ...(facts.mechanics.length === 0 ? ["   - No change of a risk landed in this range."] : []),
    ...(facts.observeUpstream.length === 0
      ? ["2. **Observation.** The runs of the pull request show every effect."]
      : [
          "2. **Deferred upstream verification.** Once merged, observe:",
          ...facts.observeUpstream.map((sentence) => `   - ${inline(sentence)}`),
        ]),
    "",
    ...(facts.assumptions.length === 0
      ? []
      : [`The proofs take for granted: ${facts.assumptions.map(inline).join("; ")}.`, ""]),
    ...heading(3, "What the Files Cannot Tell"),
    ...gapsSection(gaps),
  ];
}

/** Guards with the same words stand in one line. */
function guardsTable(guards: DeltaAudit["evidence"]["guards"]): string[] {
  const conditions = [...new Set(guards.map(({ condition }) => condition))];
  return table(
    ["Guard", "Jobs", "Covers a landed risk"],
    conditions.map((condition) => {
      const of = guards.filter((guard) => guard.condition === condition);
      const jobs = of.map(
        (guard) => `${name(guard.job)} (${name(`${guard.file.split("/").at(-1) ?? ""}:${guard.line}`)})`,
      );
      return [name(condition), jobs.join("<br>"), of.some(({ covers }) => covers) ? "Yes" : "No"];
    }),
  );
}

function issues({ issues: fresh, preExisting }: DeltaAudit): string[] {
  const rows = (of: DeltaAudit["issues"]): string[][] =>
    of.map(({ id, finding, interpretation, recommendation, guardrail, rollback }) => [
      `**${id}**`,
      finding.severity,
      `${inline(finding.message)} (${place({ ...finding, job: null, step: null })})`,
      inline(interpretation),
      inline(recommendation),
      inline(guardrail),
      inline(rollback),
    ]);
  const columns = ["ID", "Severity", "Observation", "Interpretation", "Recommendation", "Guardrail", "Rollback"];
  return [
    ...heading(3, `Issues Found: ${fresh.length}`),
    ...(fresh.length === 0
      ? ["No issue was introduced: the gate finds nothing on HEAD that is not on the base.", ""]
      : table(columns, rows(fresh))),
    ...heading(3, `Pre-existing Issues Observed (Out of Scope): ${preExisting.length}`),
    ...(preExisting.length === 0
      ? ["None: nothing fails silently on both sides that nobody answers for.", ""]
      : [
          ...table(columns, rows(preExisting)),
          "They are on both sides and were left alone; the register and section 11 carry them on.",
          "",
        ]),
  ];
}

function log({ log: entries, milestone }: DeltaAudit): string[] {
  if (entries.length === 0)
    return [
      `No regression is recorded, and no fix was ever rolled back. Flaky runs leave no trace in files; ${inline(milestone)} adds no retry that would hide one.`,
      "",
    ];
  return table(
    ["Item", "Type", "First seen", "Current status", "Last evidence", "Fix or defer"],
    entries.map(({ item, type, firstSeen, status: now, evidence: last, fixOrDefer }) => [
      inline(item),
      type,
      inline(firstSeen),
      inline(now),
      inline(last),
      inline(fixOrDefer),
    ]),
  );
}

function gates({ gates: all }: DeltaAudit): string[] {
  const failed = all.filter((gate) => gate.status === "fail");
  return [
    ...table(
      ["Gate", "Status", "Evidence"],
      all.map((gate) => [`**${gate.name}**`, status(gate.status), inline(gate.evidence)]),
    ),
    ...(failed.length === 0
      ? ["No gate fails, so none needs a fix or a deferral.", ""]
      : [
          "Each failure with the step that mends it:",
          "",
          ...failed.map(({ name: gate, fix }) => `- **${gate}:** ${inline(fix)}`),
          "",
        ]),
  ];
}

function conclusion({ verdict, conclusion: { points, recommendation } }: DeltaAudit): string[] {
  return [
    `**Audit Verdict:** ${LIGHTS[verdict.color]} ${inline(verdict.words)}`,
    "",
    ...bullets(points, ""),
    `**Recommendation:** ${inline(recommendation)}`,
    "",
  ];
}
