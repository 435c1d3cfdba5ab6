import type { DifferingCase, Judgement, Proof } from "../types.ts";
import { claimLines, countLine, evidenceLine, phrases, sentence, visible } from "./words.ts";

/** Colours text that is already visible; each may return it as it is. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
}

export interface TextOptions {
  /** Columns of the terminal. Default 80. */
  readonly width?: number;
  readonly paint?: Paint;
}

const plain: Paint = { strong: String, red: String, green: String, yellow: String, dim: String };
const MOST_CASES = 6;
/** Of a result with its mark. */
const COLUMN = 9;
const ARROW = " → ";
const INDENT = "  ";
/** How much of the end of a text that is too long is shown. */
const KEPT = 12;

/** The table that a reviewer reads in ten seconds: the cases that differ, then the counts and the claims. Ends with a line break. */
export function renderProofText(proof: Proof, { width = 80, paint = plain }: TextOptions = {}): string {
  const { certificate, judgement } = proof;
  const { cases } = certificate;
  const [first = "", ...others] = wrapped(sentence(judgement, certificate), width - "proof  ".length);
  const colour = paint[colours[judgement]];
  const lines = [
    `${paint.strong("proof")}  ${colour(first)}`,
    ...others.map((line) => `${" ".repeat("proof  ".length)}${colour(line)}`),
    "",
  ];
  if (cases.length > 0) {
    lines.push(
      paint.dim(`${INDENT}${"if".padEnd(leftOf(width))}${"before".padEnd(COLUMN + ARROW.length)}after`),
      paint.dim(`${INDENT}${"─".repeat(width - 2 * INDENT.length)}`),
      ...cases.slice(0, MOST_CASES).flatMap((each) => [...caseLines(each, width, paint), ""]),
    );
  }
  if (cases.length > MOST_CASES) lines.push(paint.dim(`${INDENT}and ${cases.length - MOST_CASES} more kinds`), "");
  const all = [...lines, ...verdictLines(proof, width, paint)].map((line) => line.trimEnd());
  return `${all.join("\n").trimEnd()}\n`;
}

const colours = {
  bites: "green",
  "no-change": "strong",
  "does-not-bite": "yellow",
  weaker: "red",
  unknown: "yellow",
} as const satisfies Readonly<Record<Judgement, keyof Paint>>;

/** What stands under the table. */
function verdictLines({ certificate, judgement }: Proof, width: number, paint: Paint): readonly string[] {
  const within = (text: string): readonly string[] =>
    wrapped(text, width - INDENT.length).map((line, index) => `${INDENT}${index === 0 ? "" : INDENT}${line}`);
  const marks = claimLines(certificate).map(({ claim, text }) =>
    claim.verdict === "proved"
      ? paint.green(`✓ ${text}`)
      : (claim.name === "bites" ? paint.yellow : paint.red)(`✗ ${text}`),
  );
  const evidence = evidenceLine(certificate);
  return [
    ...(judgement === "unknown" ? [] : [`${INDENT}${paint.dim(countLine(certificate))}`]),
    ...(judgement === "unknown" ? [] : [`${INDENT}${marks.join("   ")}`]),
    ...(evidence === "" ? [] : within(evidence)),
    ...certificate.caveats.flatMap(({ message, required }) =>
      within(`! ${visible(message)}${required === true ? " (required)" : ""}`).map(paint.yellow),
    ),
  ];
}

function caseLines({ choices, seen }: DifferingCase, width: number, paint: Paint): readonly string[] {
  const what = phrases(choices);
  const head = what.length === 0 ? ["always"] : what;
  const left = leftOf(width) - INDENT.length;
  return [
    ...head.map((phrase, index) => `${INDENT}${shortened(index === 0 ? phrase : `and ${phrase}`, width - 4)}`),
    ...seen.map(({ observable, before, after }) => {
      const name = shortened(visible(observable), left - 1).padEnd(left);
      return `${INDENT}${INDENT}${name}${result(before, paint)}${paint.dim(ARROW)}${result(after, paint)}`;
    }),
  ];
}

/** A result is told by its mark as well as by its colour. */
function result(word: string, paint: Paint): string {
  const mark = word === "failure" ? "✗" : word === "success" ? "✓" : "–";
  const colour = word === "failure" ? paint.red : word === "success" ? paint.green : paint.dim;
  return colour(`${mark} ${word}`.padEnd(COLUMN));
}

/** How wide the column is in which things are named. */
function leftOf(width: number): number {
  return width - 2 * INDENT.length - 2 * COLUMN - ARROW.length;
}

/** The end is kept: it says what is so of something. */
function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const kept = Math.min(KEPT, Math.max(0, width - 1));
  return `${text.slice(0, Math.max(0, width - kept - 1))}…${text.slice(text.length - kept)}`;
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width - (lines.length > 0 ? INDENT.length : 0)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
