import { noRepository, readWorkflow, type RepositoryView, unitName } from "@ci-fix/workflow";
import { applyEdits, type Applied, type Edit, type YamlFile } from "@ci-fix/yaml-editor";
import { editsOf } from "../edits.ts";
import type { Codemod, Finding, Policy } from "../types.ts";

/** What every fixture is run under, so that notes and ids do not depend on the day. */
export const testPolicy: Policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

/** One pass of a codemod over one text. */
export interface Run {
  readonly file: YamlFile | undefined;
  readonly findings: readonly Finding[];
  /** Of all findings, in order. */
  readonly edits: readonly Edit[];
}

export function runCodemod(
  codemod: Codemod,
  path: string,
  text: string,
  repository: RepositoryView = noRepository,
): Run {
  const read = readWorkflow(path, new TextEncoder().encode(text), repository);
  if (!read.ok) throw new Error(`The input cannot be read: ${read.message} (${read.code}, line ${read.line ?? "?"})`);
  const findings = read.workflow === undefined ? [] : [...codemod.find(read.workflow, testPolicy)];
  return { file: read.workflow?.file.yaml, findings, edits: editsOf(findings) };
}

/** The text after all edits of a run as one batch. */
export function applied(run: Run): Applied {
  if (run.file === undefined) throw new Error("The input is no workflow");
  const result = applyEdits(run.file, run.edits);
  if (result.ok) return result;
  throw new Error(
    `The edits were refused: ${result.refusals.map((refusal) => `${refusal.code}: ${refusal.message}`).join("; ")}`,
  );
}

/** The findings as `findings.json` holds them. */
export function summarize(run: Run): string {
  const rows = run.findings.map((finding) => ({
    class: finding.class,
    severity: finding.severity,
    line: run.file?.lineColumn(finding.at.span.start).line,
    unit: unitName(finding.unit),
    message: finding.message,
    outcome: outcomeOf(finding),
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

function outcomeOf({ outcome }: Finding): object {
  if (outcome.kind === "skip") return { kind: outcome.kind, reason: outcome.reason, message: outcome.message };
  return { kind: outcome.kind, safety: outcome.safety, effect: outcome.effect, title: outcome.title };
}
