import type { CaseChoice, CaseValue, Certificate, Claim, ClaimName, Judgement } from "../types.ts";

/** Text from a CI file is data: what could steer a terminal is shown escaped. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** What has to be so for a case to come about, one phrase for each thing; the failing units first. */
export function phrases(choices: readonly CaseChoice[]): readonly string[] {
  const failing = choices.filter(({ kind }) => kind === "outcome");
  const given = choices.filter(({ kind }) => kind !== "outcome");
  return [
    ...failing.map(({ key, value }) =>
      value === "failure" ? `${visible(key)} fails` : `${visible(key)}: ${visible(shown(value))}`,
    ),
    ...given.map(({ key, value }) => `${visible(key)} is ${visible(shown(value))}`),
  ];
}

function shown(value: CaseValue): string {
  if (value !== null && typeof value === "object") return "not to be evaluated";
  return value === "" || value === null ? "empty" : String(value);
}

const titles: Readonly<Record<ClaimName, string>> = {
  "never-weaker": "never weaker",
  "same-when-all-is-well": "same when all is well",
  bites: "it bites",
  "no-change": "no change",
};

/** A claim with its verdict. A fix that changes something is not expected to leave everything alike, and vice versa. */
export function claimLines({ claims }: Certificate): readonly { readonly claim: Claim; readonly text: string }[] {
  const isUnchanged = claims.some(({ name, verdict }) => name === "no-change" && verdict === "proved");
  return claims
    .filter(({ name }) => name !== (isUnchanged ? "bites" : "no-change"))
    .map((claim) => ({
      claim,
      text: `${titles[claim.name]}${claim.verdict === "proved" ? "" : `: ${claim.verdict}`}`,
    }));
}

const sentences: Readonly<Record<Judgement, string>> = {
  bites: "what was green can be red now",
  "no-change": "no run ends differently",
  "does-not-bite": "nothing turns red that was not",
  weaker: "a run that was red is not red any more: refused",
  unknown: "nothing can be said",
};

/** The judgement in a sentence, with the reason where there is one. */
export function sentence(judgement: Judgement, { claims }: Certificate): string {
  const reason = claims.find(({ name, verdict }) => name === "bites" && verdict !== "proved")?.reason;
  return reason === undefined ? sentences[judgement] : `${sentences[judgement]}: ${visible(reason)}`;
}

/** How many cases there are on both sides. */
export function countLine({ counts }: Certificate): string {
  const number = (count: number): string =>
    count < 1e6 ? String(count) : count.toExponential(1).replace("e+", "·10^");
  const differ = counts.differing === 1 ? "1 case differs" : `${number(counts.differing)} cases differ`;
  return `${differ}, ${number(counts.same)} ${counts.same === 1 ? "is" : "are"} the same before and after`;
}

/** Where the bite can be seen; empty where that needs no saying. */
export function evidenceLine({ evidence }: Certificate): string {
  if (evidence.observable === "nowhere") return "";
  const guards = Object.entries(evidence.upstream).map(([key, value]) => `${key} is ${visible(value)}`);
  const where = evidence.observable === "anywhere" ? "" : `seen upstream only: ${guards.join(", ")}`;
  if (evidence.here === undefined) return where;
  const here = `${evidence.here.bites ? "bites" : "does not bite"} in ${visible(evidence.here.repository)}`;
  return where === "" ? here : `${where}; ${here}`;
}
