import { openYaml, type Refusal, type YamlNode } from "@ci-fix/yaml-editor";
import { note, readFields, resolved, type Reading } from "./fields.ts";
import { quoted } from "./quoted.ts";
import { readRisk } from "./read-risk.ts";
import type { ReadRegisterResult, RegisterProblem, Risk } from "./types.ts";

const WHAT = "the register";

/** Reads `.ci-fix/register.yml`. Never throws for bad input; every problem is told at once, each with its line. */
export function readRegister(bytes: Uint8Array): ReadRegisterResult {
  const opened = openYaml(bytes);
  if (!opened.ok) return { ok: false, problems: opened.refusals.map(asProblem) };
  const reading: Reading = { file: opened.file, problems: [] };
  const root = onlyDocument(reading);
  const risks = root === undefined ? [] : readRoot(reading, root);
  if (reading.problems.length === 0) return { ok: true, register: { risks } };
  return { ok: false, problems: inFileOrder(reading.problems) };
}

export function asProblem(refusal: Refusal): RegisterProblem {
  return { message: refusal.message, line: refusal.at?.line };
}

export function inFileOrder(problems: readonly RegisterProblem[]): readonly RegisterProblem[] {
  return [...problems].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

function onlyDocument(reading: Reading): YamlNode | undefined {
  const [first, ...others] = reading.file.documents;
  const second = others.find((document) => document !== undefined);
  if (second !== undefined) note(reading, second.span.start, `${WHAT} must be one YAML document`);
  if (first === undefined) note(reading, 0, `${WHAT} is empty; it starts with "version: 1"`);
  return second === undefined ? first : undefined;
}

function readRoot(reading: Reading, root: YamlNode): readonly Risk[] {
  const fields = readFields(reading, root, WHAT, ["version", "risks"], 0);
  if (fields === undefined) return [];
  const version = fields.entries.get("version");
  if (version === undefined) note(reading, fields.offset, `${WHAT} needs "version: 1"`);
  else checkVersion(reading, version.value, version.keySpan.start);
  return readRisks(reading, fields.entries.get("risks")?.value);
}

function checkVersion(reading: Reading, node: YamlNode | undefined, offset: number): void {
  const scalar = resolved(node);
  if (scalar?.kind === "scalar" && scalar.value === 1) return;
  const found = scalar?.kind === "scalar" ? `; ${quoted(scalar.text)} is unknown` : "";
  note(reading, node?.span.start ?? offset, `"version" of ${WHAT} must be the number 1${found}`);
}

function readRisks(reading: Reading, node: YamlNode | undefined): readonly Risk[] {
  const list = resolved(node);
  if (list === undefined || (list.kind === "scalar" && list.value === null)) return [];
  if (list.kind !== "sequence") {
    note(reading, list.span.start, `"risks" of ${WHAT} must be a list: one "- id: …" for each risk`);
    return [];
  }
  const risks: Risk[] = [];
  const seen = new Set<string>();
  for (const item of list.items) {
    const risk = readRisk(reading, item.value, item.span.start);
    if (risk === undefined) continue;
    if (seen.has(risk.id)) note(reading, item.span.start, `the id ${risk.id} is used twice`);
    seen.add(risk.id);
    risks.push(risk);
  }
  return risks;
}
