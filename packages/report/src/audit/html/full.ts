import type { FullAudit, Inventory, SoftFailFacts, TaxonomyEntry, WorkflowFacts } from "@ci-fix/audit";
import type { Section } from "../../html/document.ts";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { card, figure, place, table, tag, type Tone } from "../../html/parts.ts";
import { shareBar, squares } from "../../html/pictures.ts";
import { findingList } from "./finding-list.ts";
import {
  actionSection,
  deferredSection,
  gapSection,
  registerSection,
  scoreSection,
  trendPicture,
  unreadNotice,
} from "./shared-sections.ts";
import { severityTag, STRENGTH_TONES, strengthTag } from "./tones.ts";

const STRENGTHS = ["strong", "weak", "cosmetic", "disabled"] as const;

const JUDGEMENTS: Readonly<Record<SoftFailFacts["judgement"], Tone>> = {
  critical: "bad",
  person: "warn",
  settled: "calm",
  legitimate: "good",
};

/** What CI says and what it hides, today: section by section. */
export function fullSections(facts: FullAudit): Section[] {
  return [
    { id: "overview", title: "Overview", body: overview(facts) },
    {
      id: "findings",
      title: `Findings (${facts.findings.length})`,
      body: findingList(
        facts.findings.map((finding) => ({ finding, state: finding.state })),
        "Nothing was found.",
      ),
    },
    { id: "taxonomy", title: "Ways to mislead", body: taxonomy(facts.taxonomy) },
    { id: "inventory", title: "Inventory", body: inventory(facts.inventory) },
    { id: "soft-fails", title: "Soft-fails", body: softFails(facts.softFails) },
    registerSection(facts.register),
    scoreSection(facts.scores),
    gapSection(facts.gaps),
    deferredSection(facts.deferred),
    actionSection("recommendations", "Recommendations", facts.recommendations),
  ];
}

function overview({ summary, inventory: { list, strengths }, scores, unread }: FullAudit): Markup {
  const workflows = list.filter(({ kind }) => kind === "workflow");
  const top = summary.top.map((finding) => [
    severityTag(finding.severity),
    html`${finding.id === null ? "" : html`<b>${finding.id}</b> `}${sentence(finding.message)}`,
    place(finding.file, finding.line),
  ]);
  return html`<p class="lead">${sentence(summary.verdict)}</p>
    <div class="cards">
      ${summary.counts.filter(({ count }) => count > 0).map(({ what, count, files }) => card(count, `${what}, in ${files} ${files === 1 ? "file" : "files"}`))}
    </div>
    <div class="pictures">
      ${figure(
        "What a green check is worth, by workflow",
        shareBar(
          STRENGTHS.map((strength) => ({
            label: strength,
            count: strengths[strength],
            tone: STRENGTH_TONES[strength],
          })),
        ),
        squares(
          workflows.map((each) => ({
            label: `${each.name}: ${each.strength}`,
            target: anchor(each, list),
            tone: STRENGTH_TONES[each.strength],
          })),
        ),
      )}
      ${figure("Scores, 0 to 5", trendPicture(scores))}
    </div>
    <h3>Most severe</h3>
    ${table(["Severity", "What", "Where"], top, "Nothing that is not settled was found.")}
    <p><b>Next:</b> ${sentence(summary.nextAction)}</p>
    ${unreadNotice(unread)}`;
}

/** Where the inventory tells of a workflow. */
function anchor(workflow: WorkflowFacts, list: readonly WorkflowFacts[]): string {
  return `workflow-${list.indexOf(workflow) + 1}`;
}

function taxonomy(entries: readonly TaxonomyEntry[]): Markup {
  const rows = entries.map(({ category, mechanism, looksLike, meaning, count, files }) => [
    category,
    mechanism,
    html`<code>${looksLike}</code>`,
    sentence(meaning),
    count,
    files,
  ]);
  const numbers = [
    { title: "Count", number: true },
    { title: "Files", number: true },
  ];
  return table(
    ["Category", "Mechanism", "Looks like", "Meaning", ...numbers],
    rows,
    "None of the known ways was found.",
  );
}

function inventory(facts: Inventory): Markup {
  const counts = (
    ["files", "workflows", "actions", "reusable", "generated", "scheduled", "dispatchable", "jobs", "steps"] as const
  ).map((key) => card(facts[key], key));
  const rows = facts.list.map((each) => [
    html`<span id="${anchor(each, facts.list)}"><b>${each.name}</b></span
      ><br />${place(each.file, null)}${each.generated === null ? "" : html`<br />generated: ${each.generated}`}`,
    each.tier,
    each.triggers.map(
      ({ event, filters }) => html`<code>${event}</code>${filters.length === 0 ? " " : ` (${filters.join(", ")}) `}`,
    ),
    each.purpose.join(", "),
    each.critical,
    each.silent,
    html`${strengthTag(each.strength)} <span class="muted">${each.rule}</span><br />${sentence(each.why)}`,
  ]);
  const numbers = [
    { title: "Critical", number: true },
    { title: "Silent", number: true },
  ];
  return html`<div class="cards">${counts}</div>
    ${table(["Workflow", "Tier", "Trigger", "Purpose", ...numbers, "Signal"], rows, "There is no CI file.")}`;
}

function softFails(entries: readonly SoftFailFacts[]): Markup {
  const rows = entries.map((entry) => [
    place(entry.file, entry.line),
    html`${[entry.job, entry.step].filter((part) => part !== null).join(" / ")}
      <span class="muted">(${entry.scope})</span>`,
    html`<code>${entry.value}</code>`,
    sentence(entry.runs),
    html`${tag(entry.judgement, JUDGEMENTS[entry.judgement])}${entry.id === null ? "" : html` <b>${entry.id}</b>`}`,
    sentence(entry.because),
  ]);
  return table(["Where", "Unit", "Value", "Runs", "Judgement", "Because"], rows, "No unit soft-fails.");
}
