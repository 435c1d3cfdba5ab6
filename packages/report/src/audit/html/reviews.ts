import type { Answer, CiAudit, DeltaAudit, Misleading, Pinning, SecurityReview, TestsReview } from "@ci-fix/audit";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { bullets, place, subsection, table, tag, type Tone } from "../../html/parts.ts";
import { beforeAfter } from "../../html/pictures.ts";
import { answerTag, gateTag } from "./tones.ts";

export function answers(given: readonly Answer[]): Markup {
  const rows = given.map(({ question, verdict, answer }) => [question, answerTag(verdict), sentence(answer)]);
  return table(["Question", "", "Answer"], rows, "Nothing was asked.");
}

/** How many workflows could be green though something failed, or never ran: then and now. */
export function misleadingPicture({ before, after }: CiAudit): Markup {
  return beforeAfter([
    {
      label: "Workflows that can be green while work fails",
      before: before.masking.length,
      after: after.masking.length,
    },
    { label: "Workflows with jobs that never run", before: before.disabled.length, after: after.disabled.length },
    { label: "Misleading by rule alone", before: before.byRule.length, after: after.byRule.length },
  ]);
}

export function ciReview(ci: CiAudit): Markup {
  return html`${subsection("Determinism", answers(ci.determinism))}
  ${subsection("Green but misleading before", misleading(ci.before))}
  ${subsection("Green but misleading after", misleading(ci.after))}
  ${subsection("Root causes", bullets(ci.rootCauses, "No failure had to be explained."))}
  ${subsection("Minimal fixes", bullets(ci.minimalFixes, "No further fix is needed."))}
  ${subsection("Guardrails added", bullets(ci.guardrailsAdded, "None was added."))}`;
}

function misleading({ masking, disabled, byRule }: Misleading): Markup {
  const rows = (kind: string, tone: Tone, list: Misleading["masking"]): Markup[][] =>
    list.map(({ file, hidden, touched }) => [
      place(file, null),
      tag(kind, tone),
      html`${touched ? "yes" : "no"}`,
      bullets(hidden, ""),
    ]);
  const all = [
    ...rows("masks failures", "bad", masking),
    ...rows("never runs", "warn", disabled),
    ...rows("by rule", "calm", byRule),
  ];
  return table(["Workflow", "How", "Touched", "What is hidden"], all, "No workflow misleads in a way that is known.");
}

const INVARIANTS = { introduced: "good", held: "good", broken: "bad", untouched: "calm", unknown: "warn" } as const;

export function testsReview(tests: TestsReview): Markup {
  const invariants = tests.invariants.map(({ id, title, rule, status, method }) => [
    html`<b>${id}</b> ${sentence(title)}`,
    sentence(rule),
    tag(status, INVARIANTS[status]),
    sentence(method),
  ]);
  const coverage = tests.coverage.map(({ metric, before, after, delta }) => [metric, before, after, sentence(delta)]);
  return html`${subsection("Invariants", table(["Invariant", "Rule", "Status", "Method"], invariants, "No invariant is known."))}
  ${subsection("Coverage", table(["Metric", "Before", "After", "Delta"], coverage, "No file tells of coverage."))}
  ${subsection("New tests", bullets(tests.newTests, "None."))}
  ${subsection("Flaky tests", bullets(tests.flaky, "None is known."))}
  ${subsection("End to end", html`<p>${sentence(tests.endToEnd)}</p>`)}
  ${subsection("Harness", bullets(tests.harness, "Not needed for these changes."))}
  ${subsection("Missing invariants", bullets(tests.missingInvariants, "None was seen."))}
  ${subsection("Missing tests", bullets(tests.missingTests, "None was seen."))}
  ${subsection("Fast fixes", bullets(tests.fastFixes, "None."))}
  ${subsection("Markers", bullets(tests.markers, "None."))}`;
}

export function securityReview(security: SecurityReview): Markup {
  const impacts = { improved: "good", worse: "bad", same: "calm" } as const;
  const posture = security.posture.map(({ change, impact }) => [sentence(change), tag(impact, impacts[impact])]);
  const trust = security.trust.map(({ file, aspect, change, widens }) => [
    place(file, null),
    aspect,
    sentence(change),
    widens ? tag("widens", "bad") : tag("does not widen", "good"),
  ]);
  const pinning = (side: string, { uses, commit, tag: tags, floating }: Pinning): (string | number)[] => [
    side,
    uses,
    commit,
    tags,
    floating,
  ];
  const numbers = ["Uses", "By commit", "By tag", "Floating"].map((title) => ({ title, number: true }));
  return html`${subsection("Dependencies", bullets(security.dependencies, "None was added or changed."))}
  ${subsection("Scanners", table(["Change", "Impact"], posture, "None came, went or runs again."))}
  ${subsection("Secrets", bullets(security.secrets, "No use of a secret came or went."))}
  ${subsection("Trust boundaries", table(["Workflow", "Aspect", "Change", "Effect"], trust, "None moved."))}
  ${subsection("Pinning", table(["Side", ...numbers], [pinning("before", security.pinning.before), pinning("after", security.pinning.after)], ""))}
  ${subsection("Provenance", html`<p>${sentence(security.provenance)}</p>`)}`;
}

export function guardrails({ guardrails: list }: DeltaAudit): Markup {
  const rows = list.map(({ name, status, evidence }) => [html`<b>${name}</b>`, gateTag(status), sentence(evidence)]);
  return table(["Guardrail", "Status", "Evidence"], rows, "None is defined.");
}

export function gates({ gates: list }: DeltaAudit): Markup {
  const rows = list.map(({ name, status, evidence, fix }) => [
    html`<b>${name}</b>`,
    gateTag(status),
    html`${sentence(evidence)}${fix === "" ? "" : html`<br /><b>Fix:</b> ${sentence(fix)}`}`,
  ]);
  return table(["Gate", "Status", "Evidence"], rows, "None is defined.");
}
