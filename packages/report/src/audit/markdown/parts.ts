import type { GateStatus, Place } from "@ci-fix/audit";
import { code, prose } from "../../markdown/escape.ts";

/** Text that Markdown, HTML and GitHub leave alone between backticks. */
const PLAIN = /^(?! )(?!.*(?:www\.|:\/\/))[\w .,:;/=(){}'"+*!-]+(?<! )$/u;

/** A name from outside as code. Names that nothing acts on are written as they are, so that the source reads well, too. */
export function name(text: string): string {
  return PLAIN.test(text) ? `\`${text}\`` : code(text);
}

/** A sentence of the facts: names between backticks as code, all else as words. */
export function inline(sentence: string): string {
  return sentence
    .split("`")
    .map((part, index) => (part === "" ? "" : index % 2 === 1 ? name(part) : words(part)))
    .join("");
}

/** An underscore inside of a word marks nothing in Markdown. */
function words(text: string): string {
  return prose(text).replaceAll(/(?<=[\dA-Za-z])&#95;(?=[\dA-Za-z])/gu, "_");
}

export function heading(level: 2 | 3 | 4, title: string): string[] {
  return [`${"#".repeat(level)} ${title}`, ""];
}

/** A table; cells are Markdown already. Empty for no rows. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => (cell === "" ? "—" : cell)).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---|").join("")}`, ...rows.map(line), ""];
}

/** A list of sentences, or one line for none. */
export function bullets(sentences: readonly string[], none: string): string[] {
  return sentences.length === 0 ? [none, ""] : [...sentences.map((sentence) => `- ${inline(sentence)}`), ""];
}

export function file(path: string): string {
  return name(path.split("/").at(-1) ?? path);
}

/** `pull.yml:34, job test, step Run tests`, as code and words. */
export function place({ file: path, line, job, step }: Place): string {
  const at = name(line === null ? path : `${path}:${line}`);
  const unit = [...(job === null ? [] : [`job ${name(job)}`]), ...(step === null ? [] : [`step ${name(step)}`])];
  return [at, ...unit].join(", ");
}

const STATUS: Readonly<Record<GateStatus, string>> = {
  pass: "✅ PASS",
  fail: "❌ FAIL",
  unknown: "⚠️ UNKNOWN",
  "n/a": "➖ N/A",
};

export function status(of: GateStatus): string {
  return STATUS[of];
}

export function score(value: number | null): string {
  return value === null ? "—" : value.toFixed(1);
}

export const LIGHTS: Readonly<Record<"green" | "yellow" | "red", string>> = { green: "🟢", yellow: "🟡", red: "🔴" };
