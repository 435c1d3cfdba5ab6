import type { ChangeProof, JobGraph, RiskProof, TouchedFile } from "@ci-fix/audit";
import { claimLines, countLine, evidenceLine, phrases, sentence as judged } from "@ci-fix/proof";
import { renderSides } from "../../html/diff.ts";
import { html, type Markup, sentence } from "../../html/markup.ts";
import { bullets, nothing, place, table, tag, type Tone } from "../../html/parts.ts";
import { renderJobGraph } from "./job-graph.ts";
import { severityTag } from "./tones.ts";

const RESULTS: Readonly<Record<string, Tone>> = { failure: "bad", success: "good", skipped: "calm", cancelled: "warn" };
const CLASSES = { proved: "good", refuted: "bad", unknown: "warn" } as const;

/** The diff-based proof of each risk: both sides of its change, what a run does differently, and the cases that show it. */
export function riskProofs(proofs: readonly RiskProof[]): Markup {
  if (proofs.length === 0) return nothing("No risk landed in this range.");
  return html`${proofs.map(
    ({ id, title, severity, commit, change, effects, changes }) =>
      html`<article id="proof-${id.toLowerCase()}">
        <h3>${id}: ${sentence(title)} ${severityTag(severity)}</h3>
        <p>
          ${sentence(change)} <span class="muted">commit <code>${commit.slice(0, 11)}</code></span>
        </p>
        ${changes.map(changeProof)}
        <p><b>What a run does differently</b></p>
        ${bullets(effects, "Nothing.")}
      </article> `,
  )}`;
}

function changeProof({ file, hunks, judgement, certificate, digest }: ChangeProof): Markup {
  const { cases, caveats, assumptions } = certificate;
  const rows = cases.flatMap(({ choices, seen }) =>
    seen.map(({ observable, before, after }, index) => [
      index > 0
        ? ""
        : choices.length === 0
          ? "always"
          : html`${phrases(choices).map((phrase, at) => html`${at > 0 ? html`<br />and ` : ""}${phrase}`)}`,
      observable,
      tag(before, RESULTS[before] ?? "calm"),
      tag(after, RESULTS[after] ?? "calm"),
    ]),
  );
  const where = evidenceLine(certificate);
  return html`<p class="file">${place(file, null)}</p>
    ${renderSides(hunks)}
    <p><b>Proof: ${judged(judgement, certificate)}</b></p>
    ${rows.length === 0 ? "" : table(["If", "What", "Before", "After"], rows, "")}
    <p>
      ${claimLines(certificate).map(({ claim, text }) => html`${tag(`${claim.verdict === "proved" ? "✓" : "✗"} ${text}`, CLASSES[claim.verdict])} `)}
    </p>
    <p class="muted">
      ${judgement === "unknown" ? "" : `${countLine(certificate)}; `}${where === "" ? "" : `${where}; `}certificate
      <code>${digest}</code>
    </p>
    ${
      caveats.length === 0
        ? ""
        : bullets(
            caveats.map(({ message }) => message),
            "",
          )
    }
    ${
      assumptions.length === 0
        ? ""
        : html`<details>
            <summary>Taken for granted</summary>
            ${bullets(assumptions, "")}
          </details>`
    }`;
}

/** The jobs of every touched workflow, with what changed. */
export function jobGraphs(graphs: readonly JobGraph[]): Markup {
  if (graphs.length === 0) return nothing("No workflow was touched.");
  return html`<p class="legend">
      <span><i class="fill-good"></i>added</span><span><i class="fill-warn"></i>changed</span
      ><span><i class="fill-bad"></i>removed</span>
    </p>
    ${graphs.map(
      (graph) =>
        html`<p class="file">${place(graph.file, null)}</p>
          ${renderJobGraph(graph)}`,
    )}`;
}

/** The files that differ, with lines removed and added. */
export function touchedFiles(files: readonly TouchedFile[]): Markup {
  const rows = files.map(({ file, from, change, surface, added, removed, what, ids }) => [
    html`${place(file, null)}${from === null ? "" : html`<br />was ${place(from, null)}`}`,
    surface,
    change,
    removed === null ? "–" : `−${removed}`,
    added === null ? "–" : `+${added}`,
    html`${ids.map((id) => html`<a href="#proof-${id.toLowerCase()}">${id}</a> `)}${what.map(sentence)}`,
  ]);
  const lines = [
    { title: "Lines removed", number: true },
    { title: "Added", number: true },
  ];
  return table(["File", "Kind", "Change", ...lines, "What"], rows, "Nothing differs.");
}
