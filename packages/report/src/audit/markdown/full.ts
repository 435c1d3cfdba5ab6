import { REACH_WORDS, type FindingFacts, type FullAudit, type SoftFailFacts, type WorkflowFacts } from "@ci-fix/audit";
import { count } from "../../words.ts";
import { file, heading, inline, LIGHTS, name, place, table } from "./parts.ts";
import {
  actionsSection,
  deferredSection,
  gapsSection,
  registerSection,
  scoresSection,
  unreadSection,
} from "./shared.ts";

/** The full audit as a document. */
export function renderFull(facts: FullAudit): string {
  const lines = [
    ...head(facts),
    ...heading(2, "1. Executive Summary"),
    ...summary(facts),
    ...heading(2, "2. Taxonomy"),
    ...taxonomy(facts),
    ...heading(2, "3. Inventory"),
    ...inventory(facts),
    ...heading(2, "4. Soft-Fails and Their Judgement"),
    ...softFails(facts.softFails),
    ...heading(2, "5. Other Findings"),
    ...otherFindings(facts.findings),
    ...heading(2, "6. Signal Strength"),
    ...signals(facts),
    ...heading(2, "7. Risk Register"),
    ...registerSection(facts.register),
    ...heading(2, "8. Evidence Gaps"),
    ...gapsSection(facts.gaps),
    ...heading(2, "9. Scores"),
    ...scoresSection(facts.scores),
    ...heading(2, "10. Deferred Issues Registry (Cumulative)"),
    ...deferredSection(facts.deferred),
    ...heading(2, "11. Recommendations"),
    ...actionsSection(facts.recommendations),
    "---",
    "",
    `**End of ${inline(facts.milestone)} Audit**`,
  ];
  return `${lines.join("\n")}\n`;
}

function head({ milestone, title, date, repository, commit, summary: { color, verdict } }: FullAudit): string[] {
  return [
    `# ${inline(milestone)} Audit — ${title === null ? "What CI Says and What It Hides" : inline(title)}`,
    "",
    `**Milestone:** ${inline(milestone)}  `,
    "**Mode:** FULL AUDIT  ",
    `**Date:** ${date}  `,
    ...(repository === null ? [] : [`**Upstream:** ${name(repository)}  `]),
    ...(commit === null ? [] : [`**Commit:** ${name(commit.slice(0, 11))}, with the CI files as they are on disk  `]),
    `**Verdict:** ${LIGHTS[color]} ${inline(verdict)}`,
    "",
    "---",
    "",
  ];
}

function summary({ summary: { counts, top, nextAction } }: FullAudit): string[] {
  return [
    ...table(
      ["What", "Count", "Files"],
      counts.map(({ what, count: number, files }) => [inline(what), String(number), String(files)]),
    ),
    ...heading(3, "Top risks"),
    ...(top.length === 0
      ? ["No silent failure is open.", ""]
      : table(
          ["#", "Severity", "Risk", "Where", "Why it matters"],
          top.map((finding, index) => [
            String(index + 1),
            finding.severity,
            riskWords(finding),
            place(finding),
            inline(finding.why),
          ]),
        )),
    ...heading(3, "Most important next action"),
    inline(nextAction),
    "",
  ];
}

function riskWords({ id, message }: FindingFacts): string {
  return id === null ? inline(message) : `**${inline(id)}** ${inline(message)}`;
}

function taxonomy({ taxonomy: entries }: FullAudit): string[] {
  return [
    "The ways in which CI can mislead, fixed before anything was counted:",
    "",
    ...table(
      ["Category", "Mechanism", "Looks like", "What it does", "Count", "Files"],
      entries.map(({ category, mechanism, looksLike, meaning, count: number, files }) => [
        category,
        mechanism,
        name(looksLike),
        inline(meaning),
        String(number),
        String(files),
      ]),
    ),
  ];
}

const TIERS: readonly (readonly [WorkflowFacts["tier"], string])[] = [
  ["core", "Core: critical work for each change"],
  ["delivery", "Delivery: critical work after a merge"],
  ["periodic", "Periodic: by the clock, by hand, or generated"],
  ["shared", "Shared: called by others"],
  ["housekeeping", "Housekeeping: nothing that must be seen"],
];

function inventory({ inventory: totals, unread }: FullAudit): string[] {
  const { files, workflows, actions, others, reusable, generated, scheduled, dispatchable, jobs, steps } = totals;
  return [
    `${count(files, "CI file")}: ${count(workflows, "workflow")} and ${count(actions, "composite action")}${others === 0 ? "" : ` (${others} more hold neither)`}, with ${count(jobs, "job")} and ${count(steps, "step")}. ` +
      `${reusable} can be called by others, ${scheduled} run by the clock, ${dispatchable} can be started by hand, ${generated} ${generated === 1 ? "is" : "are"} generated.`,
    "",
    ...unreadSection(unread),
    ...TIERS.flatMap(([tier, title]) => {
      const list = totals.list.filter((each) => each.tier === tier);
      return list.length === 0
        ? []
        : [
            ...heading(3, `${title} (${list.length})`),
            ...table(["Workflow", "Trigger", "Purpose", "Jobs", "Signal", "Rule", "Why"], list.map(workflowRow)),
          ];
    }),
  ];
}

function workflowRow({
  file: path,
  triggers,
  reach,
  purpose,
  jobs,
  strength,
  rule,
  why,
  kind,
  generated,
}: WorkflowFacts): string[] {
  const events = triggers.map(({ event, filters }) =>
    filters.length === 0 ? name(event) : `${name(event)} (${filters.map(inline).join(", ")})`,
  );
  const trigger =
    kind === "composite-action" ? "composite action" : `${events.join(", ") || "none"} — ${REACH_WORDS[reach]}`;
  return [
    name(path),
    trigger,
    purpose.join(", "),
    String(jobs),
    strength,
    rule,
    `${inline(why)}${generated === null ? "" : ` Generated: ${inline(generated)}.`}`,
  ];
}

const JUDGED: readonly (readonly [SoftFailFacts["judgement"], string, string])[] = [
  [
    "critical",
    "Critical: a failure of work that matters is hidden",
    "No soft-fail hides work that is known to matter.",
  ],
  ["person", "For a person to judge", "No soft-fail is left for a person to judge."],
  ["legitimate", "Legitimate, with the reason", "No soft-fail is kept for a reason."],
  ["settled", "Settled in the register or by an exception", "No soft-fail is settled in the register."],
];

function softFails(all: readonly SoftFailFacts[]): string[] {
  if (all.length === 0) return ["There is no soft-fail.", ""];
  return [
    `${count(all.length, "soft-fail")} in ${count(new Set(all.map((each) => each.file)).size, "file")}, each with what was made of it.`,
    "",
    ...JUDGED.flatMap(([judgement, title, none]) => {
      const list = all.filter((each) => each.judgement === judgement);
      const rows = list.map((each) => [
        place(each),
        each.scope + (each.value === "true" ? "" : ` (${name(each.value)})`),
        inline(each.runs),
        `${each.id === null ? "" : `**${inline(each.id)}** `}${inline(each.because)}`,
      ]);
      return [
        ...heading(3, `${title} (${list.length})`),
        ...(list.length === 0 ? [none, ""] : table(["Where", "Scope", "Runs", "Because"], rows)),
      ];
    }),
  ];
}

function otherFindings(findings: readonly FindingFacts[]): string[] {
  const others = findings.filter((finding) => !finding.class.startsWith("soft-fail"));
  if (others.length === 0) return ["No other class of silent failure was found.", ""];
  const real = others.filter(({ state }) => state === "open" || state === "person");
  const kept = others.length - real.length;
  const rows = real.map((finding) => [
    name(finding.class),
    finding.severity,
    place(finding),
    riskWords(finding),
    finding.state === "person" ? inline(finding.justification) : inline(finding.evidence[0] ?? ""),
  ]);
  return [
    ...table(["Class", "Severity", "Where", "Finding", "Seen"], rows),
    ...(kept === 0
      ? []
      : [
          `${count(kept, "more finding")} of other classes ${kept === 1 ? "is" : "are"} kept for a reason or settled: \`ci-fix scan --verbose\` shows them.`,
          "",
        ]),
  ];
}

function signals({ inventory: { list, strengths } }: FullAudit): string[] {
  const workflows = list.filter(({ kind }) => kind === "workflow");
  const rows = (["strong", "weak", "cosmetic", "disabled"] as const).map((strength) => {
    const files = workflows.filter((each) => each.strength === strength).map((each) => file(each.file));
    const shown = files.length > 12 ? [...files.slice(0, 12), `${files.length - 12} more`] : files;
    return [strength, String(strengths[strength]), shown.join(", ")];
  });
  return [
    "What a green or red run of each workflow is worth. Section 3 names the rule that decided.",
    "",
    ...table(["Strength", "Workflows", "Which"], rows),
  ];
}
