import type { AuditFacts, AuditHead } from "@ci-fix/audit";
import { renderDocument, type Section } from "../../html/document.ts";
import { type Content, html } from "../../html/markup.ts";
import { deltaSections } from "./delta.ts";
import { fullSections } from "./full.ts";
import { verdictTag } from "./tones.ts";

/** An audit as one HTML file that needs no other, works offline, and runs nothing that a scanned file says. */
export function renderAuditHtml(facts: AuditFacts): string {
  const sections: readonly Section[] = facts.mode === "full" ? fullSections(facts) : deltaSections(facts);
  const color = facts.mode === "full" ? facts.summary.color : facts.verdict.color;
  const name = facts.title === null ? `${facts.milestone}: CI audit` : `${facts.milestone}: ${facts.title}`;
  return renderDocument({
    title: name,
    facts: [verdictTag(color), ...headFacts(facts), ...rangeFacts(facts)],
    sections,
  });
}

function headFacts({ repository, date, commit }: AuditHead): Content[] {
  return [
    ...(repository === null ? [] : [html`<b>${repository}</b>`]),
    date,
    ...(commit === null ? [] : [html`commit <code>${commit.slice(0, 11)}</code>`]),
  ];
}

function rangeFacts(facts: AuditFacts): Content[] {
  if (facts.mode === "full") return ["full audit"];
  return [html`delta audit since <code>${facts.base.name}</code>`, `${facts.commits.length} commits`];
}
