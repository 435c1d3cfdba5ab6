import type { DifferingCase, Proof } from "../types.ts";
import { claimLines, countLine, evidenceLine, phrases, sentence, visible } from "./words.ts";

/** Colours text that is already visible; each may return it as it is. */
export interface Paint {
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

const plain: Paint = { red: String, green: String, yellow: String, dim: String };
const MOST_CASES = 6;
const COLUMN = 9;

/** The table that a reviewer reads in ten seconds: the cases that differ, then the counts and the claims. Ends with a line break. */
export function renderProofText(proof: Proof, { width = 80, paint = plain }: TextOptions = {}): string {
  const { certificate, judgement } = proof;
  const { cases, caveats } = certificate;
  const lines = [...wrapped(`proof: ${sentence(judgement, certificate)}`, width)];
  if (cases.length > 0) lines.push("", row("if", "before", "after", width, paint.dim));
  for (const each of cases.slice(0, MOST_CASES)) lines.push(...caseLines(each, width, paint));
  if (cases.length > MOST_CASES) lines.push(paint.dim(`  and ${cases.length - MOST_CASES} more kinds`));
  if (judgement !== "unknown") lines.push("", countLine(certificate));
  const marks = claimLines(certificate).map(({ claim, text }) =>
    claim.verdict === "proved"
      ? paint.green(`✓ ${text}`)
      : (claim.name === "bites" ? paint.yellow : paint.red)(`✗ ${text}`),
  );
  lines.push(marks.join("   "));
  const evidence = evidenceLine(certificate);
  if (evidence !== "") lines.push(...wrapped(evidence, width));
  for (const { message, required } of caveats)
    lines.push(...wrapped(`! ${visible(message)}${required === true ? " (required)" : ""}`, width).map(paint.yellow));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function caseLines({ choices, seen }: DifferingCase, width: number, paint: Paint): readonly string[] {
  const what = phrases(choices);
  const head = what.length === 0 ? ["always"] : what;
  const colour = (result: string): string =>
    (result === "failure" ? paint.red : result === "success" ? paint.green : paint.dim)(result.padEnd(COLUMN));
  return [
    ...head.map((phrase, index) => `  ${shortened(index === 0 ? phrase : `and ${phrase}`, width - 2)}`),
    ...seen.map(
      ({ observable, before, after }) =>
        `    ${shortened(visible(observable), width - 2 * COLUMN - 7).padEnd(width - 2 * COLUMN - 6)} ${colour(before)} ${colour(after)}`,
    ),
  ];
}

function row(left: string, before: string, after: string, width: number, paint: (text: string) => string): string {
  return paint(`  ${left.padEnd(width - 2 * COLUMN - 4)} ${before.padEnd(COLUMN)} ${after}`);
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
