import type { Architecture, DeltaAudit, DeltaMap, EvidenceConstraint, Issue, RiskProof } from "@ci-fix/audit";
import type { Section } from "../../html/document.ts";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { bullets, card, figure, nothing, place, subsection, table, tag } from "../../html/parts.ts";
import { findingList, type ListedFinding } from "./finding-list.ts";
import { jobGraphs, riskProofs, touchedFiles } from "./proofs.ts";
import { answers, ciReview, gates, guardrails, misleadingPicture, securityReview, testsReview } from "./reviews.ts";
import {
  actionSection,
  deferredSection,
  gapSection,
  registerSection,
  scoreSection,
  trendPicture,
  unreadNotice,
} from "./shared-sections.ts";

/** What a milestone changed: section by section, in the order of the Markdown. */
export function deltaSections(facts: DeltaAudit): Section[] {
  return [
    { id: "overview", title: "Overview", body: overview(facts) },
    { id: "evidence", title: "Evidence constraint", body: evidence(facts.evidence) },
    { id: "map", title: "Delta map and blast radius", body: deltaMap(facts.map) },
    { id: "graphs", title: "Job graphs", body: jobGraphs(facts.graphs) },
    { id: "architecture", title: "Architecture", body: architecture(facts.architecture) },
    { id: "ci", title: "CI and workflows", body: ciReview(facts.ci) },
    { id: "tests", title: "Tests and invariants", body: testsReview(facts.tests) },
    { id: "security", title: "Security and supply chain", body: securityReview(facts.security) },
    { id: "guardrails", title: "Guardrails", body: guardrails(facts) },
    {
      id: "findings",
      title: "Issues",
      body: findingList(listed(facts), "No issue was found, and none was there before."),
    },
    actionSection("actions", "Action plan", facts.actions),
    registerSection(facts.register),
    deferredSection(facts.deferred),
    scoreSection(facts.scores),
    { id: "log", title: "Flakes and regressions", body: log(facts.log) },
    { id: "proofs", title: "Proofs", body: riskProofs(facts.proofs) },
    { id: "gates", title: "Quality gates", body: gates(facts) },
    gapSection(facts.gaps),
    { id: "conclusion", title: "Conclusion", body: conclusion(facts) },
    {
      id: "appendix",
      title: "Machine-readable appendix",
      body: html`<pre>${appendix(facts)}</pre>`,
    },
  ];
}

function overview(facts: DeltaAudit): Markup {
  const { summary, verdict, ci, scores, map, proofs, commits, unread } = facts;
  return html`<p class="lead">${sentence(verdict.words)}</p>
    <div class="cards">
      ${card(proofs.length, proofs.length === 1 ? "risk landed" : "risks landed")}${card(commits.length, "commits")}${card(map.files.length, "files touched")}${card(`−${map.linesRemoved} +${map.linesAdded}`, "lines")}${card(facts.issues.length, "issues introduced")}${card(facts.preExisting.length, "issues left alone")}
    </div>
    <div class="pictures">
      ${figure("Green but misleading, before and after", misleadingPicture(ci))}
      ${figure("Scores, 0 to 5", trendPicture(scores))}
    </div>
    ${subsection("Wins", bullets(summary.wins, "None."))}
    ${subsection("Risks", bullets(summary.risks, "None is known."))}
    <p><b>Next:</b> ${sentence(summary.nextAction)}</p>
    ${unreadNotice(unread)}`;
}

function evidence(facts: EvidenceConstraint): Markup {
  const { jobs, files, ofJobs, ofFiles } = facts.guarded;
  const rows = facts.guards.map(({ file, line, job, condition, wants, covers }) => [
    place(file, line),
    job,
    html`<code>${condition}</code>`,
    wants.join(", "),
    covers ? tag("a landed risk", "warn") : "",
  ]);
  const unseen = facts.unobservable.map(({ id, effect }) => [html`<b>${id}</b>`, sentence(effect)]);
  return html`<p>
      ${facts.type === "none" ? "Every effect can be seen on the pull request." : "Guards keep some effects from being seen on a fork."}
      ${jobs} of ${ofJobs} jobs in ${files} of ${ofFiles} files stand behind such a guard.
    </p>
    ${table(["Guard", "Job", "Condition", "Wants", "Covers"], rows, "No job asks in which repository it runs.")}
    ${subsection("What cannot be seen on a fork", table(["Risk", "Effect"], unseen, "Nothing."))}
    ${subsection("What the proofs rest on", bullets(facts.mechanics, "No change of a known kind was made."))}
    ${subsection("To be observed upstream", bullets(facts.observeUpstream, "Nothing is left to observe."))}
    ${subsection("Taken for granted", bullets(facts.assumptions, "Nothing."))}`;
}

function deltaMap(map: DeltaMap): Markup {
  const rows = (list: DeltaMap["surfaces"]): (string | Markup)[][] =>
    list.map(({ name, touched, files, note }) => [
      html`<b>${name}</b>`,
      touched ? tag("touched", "warn") : tag("not touched", "calm"),
      html`${sentence(note)}${files.length === 0 ? "" : html`<br />${files.map((file) => html`${place(file, null)} `)}`}`,
    ]);
  return html`${touchedFiles(map.files)}
  ${subsection("Surfaces", table(["Surface", "", "Note"], rows(map.surfaces), "None is known."))}
  ${subsection("Risky zones", table(["Zone", "", "Note"], rows(map.zones), "None is known."))}
  ${subsection("Where breakage would show", bullets(map.blastRadius, "Nowhere: no run changes."), html`<p><b>${sentence(map.blastSummary)}</b></p>`)}`;
}

function architecture(facts: Architecture): Markup {
  return html`${answers(facts.answers)} ${subsection("Keep", bullets(facts.keep, "Nothing."))}
  ${subsection("Fix now", bullets(facts.fixNow, "Nothing."))} ${subsection("Defer", bullets(facts.defer, "Nothing."))}`;
}

/** What landed, what the range brought, and what was left alone, in one list. */
function listed({ issues, preExisting, proofs, register }: DeltaAudit): ListedFinding[] {
  const issue = ({ id, finding, interpretation, recommendation, rollback }: Issue): ListedFinding => ({
    finding: { ...finding, id },
    state: finding.state,
    more: html`<p>${sentence(interpretation)}</p>
      <p><b>Recommended:</b> ${sentence(recommendation)}</p>
      <p><b>Rollback:</b> ${sentence(rollback)}</p>`,
  });
  const landed = (proof: RiskProof): ListedFinding => {
    const file = proof.changes[0]?.file ?? "";
    const at = register.find(({ id }) => id === proof.id)?.places[0];
    return {
      finding: {
        id: proof.id,
        file: at?.file ?? file,
        line: at?.line ?? null,
        job: at?.job ?? null,
        step: at?.step ?? null,
        fingerprint: proof.changes[0]?.digest.slice(0, 16) ?? "",
        class: "landed",
        severity: proof.severity,
        message: proof.title,
        why: proof.change,
        evidence: proof.effects,
        state: "kept",
        reason: null,
        justification: "",
      },
      state: "fixed",
      more: html`<p><a href="#proof-${proof.id.toLowerCase()}">Diff and proof</a></p>`,
    };
  };
  return [...issues.map(issue), ...preExisting.map(issue), ...proofs.map(landed)];
}

function log(entries: DeltaAudit["log"]): Markup {
  const rows = entries.map(({ item, type, firstSeen, status, evidence: seen, fixOrDefer }) => [
    sentence(item),
    type,
    firstSeen,
    sentence(status),
    sentence(seen),
    sentence(fixOrDefer),
  ]);
  return table(["Item", "Type", "First seen", "Status", "Evidence", "Fix or defer"], rows, "None is known.");
}

function conclusion({ conclusion: { points, recommendation } }: DeltaAudit): Markup {
  if (points.length === 0 && recommendation === "") return nothing("Nothing to conclude.");
  return html`${bullets(points, "")}
    <p><b>${sentence(recommendation)}</b></p>`;
}

function appendix({ appendix: facts }: DeltaAudit): Markup[] {
  return JSON.stringify(facts, null, 2)
    .split("\n")
    .map((line) => html`${line}\n`);
}
