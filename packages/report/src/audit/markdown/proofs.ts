import type { ChangeProof, RiskProof } from "@ci-fix/audit";
import { hunkHeader } from "../../hunks.ts";
import { codeBlock } from "../../markdown/escape.ts";
import { visible } from "../../visible.ts";
import { count } from "../../words.ts";
import { file, heading, inline, name, table } from "./parts.ts";

/** Lines of a diff past which the rest is left to git. */
const LONGEST = 80;

type Case = ChangeProof["certificate"]["cases"][number];

/** Section 14: each risk with its diff, what it does to a run, and the cases that show it. */
export function proofsSection(proofs: readonly RiskProof[]): string[] {
  if (proofs.length === 0) return ["No risk landed in this range, so there is nothing to prove one by one.", ""];
  return proofs.flatMap((proof) => [
    ...heading(
      3,
      `${inline(proof.id)}: ${proof.changes.map((change) => file(change.file)).join(", ") || inline(proof.title)}`,
    ),
    `**Change:** ${inline(proof.change)} (commit ${name(proof.commit.slice(0, 11))})`,
    "",
    ...proof.changes.flatMap((change) => changeLines(change, proof)),
    ...(proof.changes.length > 0
      ? []
      : ["The history does not show this change alone, so it cannot be proved here.", ""]),
  ]);
}

function changeLines(change: ChangeProof, { effects, commit }: RiskProof): string[] {
  const { certificate, digest, judgement } = change;
  const { claims, caveats, evidence, counts } = certificate;
  const upstream = Object.entries(evidence.upstream).map(([key, value]) => `${name(key)} is ${name(value)}`);
  return [
    diffBlock(change, commit),
    "",
    `**Semantic effect:** ${effects.map(inline).join(" ") || "none that a run shows."}`,
    "",
    `**What a run shows:** ${JUDGEMENTS[judgement]}; ${count(counts.differing, "case")} ${counts.differing === 1 ? "differs" : "differ"}, ${numeral(counts.same)} ${counts.same === 1 ? "is" : "are"} the same before and after.`,
    "",
    ...table(["If", "What is seen", "Before", "After"], certificate.cases.flatMap(caseRows)),
    ...(judgement === "unknown"
      ? [inline(claims[0]?.reason ?? "The model cannot read it."), ""]
      : [
          claims
            .filter(({ name: claim }) => claim !== (judgement === "no-change" ? "bites" : "no-change"))
            .map(claimWords)
            .join(" · "),
          "",
        ]),
    ...(evidence.observable === "upstream-only"
      ? [`To be seen upstream only: where ${upstream.join(" and ")}.`, ""]
      : []),
    ...caveats.flatMap(({ message }) => [`⚠️ ${inline(message)}.`, ""]),
    `Certificate ${name(`sha256:${digest}`)}`,
    "",
  ];
}

const JUDGEMENTS: Readonly<Record<ChangeProof["judgement"], string>> = {
  bites: "what was green can be red now",
  "no-change": "no run ends differently",
  "does-not-bite": "nothing turns red that was not",
  weaker: "**a run that was red is not red any more**",
  unknown: "nothing can be said",
};

function numeral(number: number): string {
  return number < 1e6 ? String(number) : number.toExponential(1);
}

function claimWords({ name: claim, verdict }: ChangeProof["certificate"]["claims"][number]): string {
  const words = {
    "never-weaker": "never weaker",
    "same-when-all-is-well": "same when all is well",
    bites: "it bites",
    "no-change": "no change",
  }[claim];
  return verdict === "proved" ? `✓ ${words}` : `✗ ${words}: ${verdict}`;
}

function caseRows({ choices, seen }: Case): string[][] {
  const when = choices.map(({ kind, key, value }) =>
    kind === "outcome" && value === "failure" ? `${name(key)} fails` : `${name(key)} is ${shown(value)}`,
  );
  return seen.map(({ observable, before, after }, index) => [
    index > 0 ? "″" : when.join("<br>and ") || "always",
    inline(observable),
    inline(before),
    inline(after),
  ]);
}

function shown(value: Case["choices"][number]["value"]): string {
  if (value !== null && typeof value === "object") return "not to be evaluated";
  return value === null || value === "" ? "empty" : name(String(value));
}

function diffBlock({ hunks }: ChangeProof, commit: string): string {
  const lines = hunks.flatMap((hunk) => [
    hunkHeader(hunk),
    ...hunk.lines.map((line) => line.split("\t").map(visible).join("\t")),
  ]);
  const rest = lines.length - LONGEST;
  return codeBlock(
    rest > 0 ? [...lines.slice(0, LONGEST), `… ${count(rest, "more line")}: git show ${commit.slice(0, 11)}`] : lines,
    "diff",
  );
}
