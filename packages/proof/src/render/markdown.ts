import type { Proof } from "../types.ts";
import { claimLines, countLine, evidenceLine, phrases, sentence, visible } from "./words.ts";

/** The same as a section of a Markdown report. Ends with a line break. */
export function renderProofMarkdown({ certificate, digest, judgement }: Proof): string {
  const { cases, caveats, assumptions } = certificate;
  const evidence = evidenceLine(certificate);
  const lines = [
    `**${escaped(sentence(judgement, certificate))}**`,
    "",
    ...(cases.length === 0 ? [] : ["| if | what | before | after |", "|---|---|---|---|"]),
    ...cases.flatMap(({ choices, seen }) =>
      seen.map(({ observable, before, after }, index) => {
        const what = phrases(choices);
        const when = index > 0 ? "" : what.length === 0 ? "always" : what.map(escaped).join("<br>");
        return `| ${when} | ${escaped(visible(observable))} | ${before} | ${after} |`;
      }),
    ),
    ...(cases.length === 0 ? [] : [""]),
    ...(judgement === "unknown" ? [] : [`- ${countLine(certificate)}`]),
    ...(judgement === "unknown" ? [] : claimLines(certificate)).map(
      ({ claim, text }) => `- ${claim.verdict === "proved" ? "✓" : "✗"} ${text}`,
    ),
    ...(evidence === "" ? [] : [`- ${escaped(evidence)}`]),
    ...caveats.map(({ message }) => `- ⚠ ${escaped(visible(message))}`),
    ...assumptions.map((assumption) => `- taken for granted: ${escaped(assumption)}`),
    `- certificate \`${digest}\``,
  ];
  return `${lines.join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#~]/gu, String.raw`\$&`);
}
