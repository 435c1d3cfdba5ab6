import type { FindingFacts } from "@ci-fix/audit";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { bullets, nothing, place, tag, type Tone } from "../../html/parts.ts";
import { severityTag } from "./tones.ts";

/** A finding with what became of it: that of the facts, or `fixed`. */
export interface ListedFinding {
  readonly finding: FindingFacts;
  readonly state: FindingFacts["state"] | "fixed";
  /** What else is told of it. */
  readonly more?: Markup;
}

const STATES: Readonly<Record<ListedFinding["state"], readonly [string, Tone]>> = {
  open: ["open", "bad"],
  person: ["for a person", "warn"],
  deferred: ["deferred", "warn"],
  accepted: ["accepted", "calm"],
  kept: ["kept on purpose", "calm"],
  fixed: ["fixed", "good"],
};

const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** Findings with a filter above them. Only what is in the list is offered to filter by. */
export function findingList(listed: readonly ListedFinding[], none: string): Markup {
  if (listed.length === 0) return nothing(none);
  return html`${filterForm(listed)}
    <div id="list">${listed.map(item)}</div>`;
}

function filterForm(listed: readonly ListedFinding[]): Markup {
  const severities = SEVERITIES.filter((severity) => listed.some(({ finding }) => finding.severity === severity));
  const states = (Object.keys(STATES) as ListedFinding["state"][]).filter((state) =>
    listed.some((each) => each.state === state),
  );
  const classes = [...new Set(listed.map(({ finding }) => finding.class))].sort();
  return html`<form id="filter" class="filter" role="search" hidden>
    <input type="search" placeholder="Filter by file, job, step, words" aria-label="Filter findings" />
    <fieldset aria-label="Severity">${severities.map((severity) => box("severity", severity, severity))}</fieldset>
    <fieldset aria-label="State">${states.map((state) => box("state", state, STATES[state][0]))}</fieldset>
    <select aria-label="Class">
      <option value="">every class</option>
      ${classes.map((name) => html`<option>${name}</option>`)}
    </select>
    <output id="shown" class="muted"></output>
    <span class="keys"
      ><kbd>/</kbd> filter <kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>Enter</kbd> open <kbd>Esc</kbd> all</span
    >
  </form>`;
}

function box(name: string, value: string, label: string): Markup {
  return html`<label><input type="checkbox" name="${name}" value="${value}" checked /> ${label}</label>`;
}

function item({ finding, state, more }: ListedFinding): Markup {
  const { severity, id, file, line, why, evidence, justification, reason, message } = finding;
  const where = [finding.job, finding.step].filter((part) => part !== null).join(" / ");
  return html`<details class="item" data-severity="${severity}" data-state="${state}" data-class="${finding.class}">
    <summary>
      ${severityTag(severity)} ${tag(...STATES[state])} ${id === null ? "" : html`<b>${id}</b> `}${sentence(message)}
      <span class="where">${file}${line === null ? "" : `:${line}`}${where === "" ? "" : ` · ${where}`}</span>
    </summary>
    <div>
      <p>${sentence(why)}</p>
      ${bullets(evidence, "No facts were recorded.")}
      ${justification === "" ? "" : html`<p>${reason === null ? "" : html`<code>${reason}</code>: `}${sentence(justification)}</p>`}
      <p class="muted">
        ${place(file, line)} · class <code>${finding.class}</code> · fingerprint <code>${finding.fingerprint}</code>
      </p>
      ${more}
    </div>
  </details> `;
}
