import type { Effect, Safety, SkipReason } from "@ci-fix/codemod";
import type { LocatedFinding, RegisterMatch, Severity } from "@ci-fix/register";
import type { ScanResult } from "@ci-fix/runner";
import { applyEdits, type ByteSplice } from "@ci-fix/yaml-editor";
import { visibleJson } from "./visible.ts";

/** Raised when a reader of version N would misread the next one. */
export const SCAN_JSON_VERSION = 1;

/** What `ci-fix scan --format json` prints. `schema/scan.schema.json` says the same to other programs. */
export interface ScanJson {
  readonly version: typeof SCAN_JSON_VERSION;
  /** Relative to the folder that the command ran in. */
  readonly root: string;
  readonly files: number;
  readonly findings: readonly FindingJson[];
  readonly errors: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

export interface FindingJson {
  readonly id: string | null;
  readonly fingerprint: string;
  readonly class: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Null in a composite action. */
  readonly job: string | null;
  /** The step's name, or what a person would call it; null where the job itself is meant. */
  readonly step: string | null;
  readonly message: string;
  readonly evidence: readonly string[];
  readonly outcome: OutcomeJson;
}

export interface OutcomeJson {
  readonly kind: "fix" | "document" | "skip";
  /** `report` for a skip: it is never applied. */
  readonly safety: Safety;
  /** Null for a skip. */
  readonly effect: Effect | null;
  /** Why it is left as it is; null for what can be done. */
  readonly reason: SkipReason | null;
  /** Byte offsets in the file as it is on disk: sorted, not overlapping. */
  readonly edits: readonly ByteSplice[];
}

/** The stable machine interface: one object, indented by two, with a line break at its end. */
export function renderScanJson(scan: ScanResult, match: RegisterMatch, root = "."): string {
  return `${visibleJson(JSON.stringify(scanJson(scan, match, root), null, 2))}\n`;
}

/** The same as data. */
function scanJson(scan: ScanResult, match: RegisterMatch, root: string): ScanJson {
  return {
    version: SCAN_JSON_VERSION,
    root,
    files: scan.files,
    findings: scan.findings.map((located) => findingJson(located, match.ids.get(located) ?? null)),
    errors: scan.errors.map(({ file, code, message }) => ({ file, code, message })),
  };
}

function findingJson(located: LocatedFinding, id: string | null): FindingJson {
  const { finding } = located;
  const { unit } = finding;
  const { outcome, evidence } = outcomeJson(located);
  return {
    id,
    fingerprint: located.fingerprint,
    class: finding.class,
    severity: finding.severity,
    file: located.file,
    line: located.line,
    column: located.column,
    job: (unit.kind === "job" ? unit.id : unit.job.id) || null,
    step: unit.kind === "step" ? unit.label : null,
    message: finding.message,
    evidence: [...evidence, ...finding.evidence.filter((fact) => !evidence.includes(fact))],
    outcome,
  };
}

/** The interface has no field for the words of a skip, so they lead its evidence. */
function outcomeJson(located: LocatedFinding): { outcome: OutcomeJson; evidence: string[] } {
  const { outcome } = located.finding;
  if (outcome.kind === "skip") return { outcome: skipped(outcome.reason), evidence: [outcome.message] };
  const applied = applyEdits(located.workflow.file.yaml, outcome.edits);
  if (!applied.ok)
    return { outcome: skipped("not-representable"), evidence: applied.refusals.map(({ message }) => message) };
  const edits = applied.splices.map(({ start, end, text }) => ({ start, end, text }));
  return {
    outcome: { kind: outcome.kind, safety: outcome.safety, effect: outcome.effect, reason: null, edits },
    evidence: [],
  };
}

function skipped(reason: SkipReason): OutcomeJson {
  return { kind: "skip", safety: "report", effect: null, reason, edits: [] };
}
