import { createHash } from "node:crypto";
import type { Unit, UnprintedFinding } from "./types.ts";

const DIGITS = 16;

/**
 * The fingerprint of each finding, in the order given: 16 hex digits over the file, the class, the job's id, what
 * identifies the step, and for a place in a script what stands there. Line numbers, neighbours and the order of jobs have no part in it. Only findings that are alike in
 * all of that are told apart by their order in the file, so give all findings of a file together.
 */
export function fingerprints(findings: readonly UnprintedFinding[]): readonly string[] {
  const alike = new Map<string, UnprintedFinding[]>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    const group = alike.get(identity);
    if (group === undefined) alike.set(identity, [finding]);
    else group.push(finding);
  }
  const printed = new Map<UnprintedFinding, string>();
  for (const [identity, group] of alike) {
    const inFileOrder = [...group].sort((left, right) => left.finding.at.span.start - right.finding.at.span.start);
    for (const [occurrence, finding] of inFileOrder.entries()) printed.set(finding, digest(identity, occurrence));
  }
  return findings.map((finding) => printed.get(finding) ?? "");
}

function identityOf(located: UnprintedFinding): string {
  const { unit } = located.finding;
  const job = unit.kind === "job" ? unit : unit.job;
  return JSON.stringify([
    located.file,
    located.finding.class,
    job.id,
    ...unitIdentity(unit),
    ...placeInScript(located),
  ]);
}

/** Several commands of one script can have the same flaw: each stays what it is when another one is mended. */
function placeInScript({ finding: { at, unit } }: UnprintedFinding): readonly string[] {
  const script = unit.kind === "step" ? unit.script : undefined;
  if (script === undefined || at.path.join("\0") !== script.path.join("\0")) return [];
  const { text } = (unit.kind === "step" ? unit.job : unit).workflow.file.yaml;
  return ["at", normalised(text.slice(at.span.start, at.span.end))];
}

/**
 * What identifies a unit within its job, however its neighbours are called and ordered. The kind of name goes along, so that
 * an id `build` and a name `build` are two.
 */
export function unitIdentity(unit: Unit): readonly string[] {
  if (unit.kind === "job") return ["job"];
  if (unit.id !== undefined) return ["id", unit.id];
  if (unit.name !== undefined) return ["name", normalised(unit.name)];
  // Without the ref: a step stays the same when its action is updated.
  if (unit.action !== undefined) return ["action", unit.action.name];
  return ["script", firstLine(unit.script?.text ?? "")];
}

function firstLine(script: string): string {
  const lines = script.split("\n").map(normalised);
  return (
    lines.find((line) => line !== "" && !line.startsWith("#") && !isShellOption(line)) ??
    lines.find((line) => line !== "") ??
    ""
  );
}

/** `set -ex` opens so many scripts that it tells none apart. */
function isShellOption(line: string): boolean {
  return /^set [-+]/u.test(line);
}

function normalised(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ");
}

function digest(identity: string, occurrence: number): string {
  return createHash("sha256").update(`${identity}#${occurrence}`).digest("hex").slice(0, DIGITS);
}
