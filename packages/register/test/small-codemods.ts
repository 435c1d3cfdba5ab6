import { defineCodemod, type Codemod, type Finding, type Outcome } from "@ci-fix/codemod";
import { fingerprints, type LocatedFinding } from "@ci-fix/register";
import { readWorkflow, type Unit, type Workflow } from "@ci-fix/workflow";

/** Codemods that are simple enough to see through, so that these tests speak of the register and of nothing else. */
export const softFail: Codemod = defineCodemod({
  meta: {
    id: "strip-soft-fail",
    classes: [
      { id: "soft-fail-step", severity: "high", summary: "a step may fail unseen" },
      { id: "soft-fail-job", severity: "high", summary: "a job may fail unseen" },
    ],
    summary: "every soft-fail",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: [],
    subject: (findings) => `strip ${findings.length} soft-fails`,
  },
  *find(workflow) {
    for (const unit of unitsOf(workflow)) {
      if (unit.softFail.kind !== "literal" || !unit.softFail.value) continue;
      const { entry } = unit.softFail;
      yield finding(unit, `soft-fail-${unit.kind}`, "soft-fails", entry, judge(unit, entry.comments));
    }
  },
});

export const deadUnits: Codemod = defineCodemod({
  meta: {
    id: "drop-dead-jobs",
    classes: [
      { id: "dead-step", severity: "medium", summary: "a step that never runs" },
      { id: "dead-job", severity: "medium", summary: "a job that never runs" },
    ],
    summary: "all that never runs",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: [],
    subject: (findings) => `drop ${findings.length} dead units`,
  },
  *find(workflow) {
    for (const unit of unitsOf(workflow)) {
      const { entry, constant } = unit.condition;
      if (constant !== false || entry === undefined) continue;
      yield finding(unit, `dead-${unit.kind}`, "never runs", entry, fix());
    }
  },
});

export const pretences: Codemod = defineCodemod({
  meta: {
    id: "report-pretences",
    classes: [{ id: "pretence", severity: "high", summary: "a step that only pretends" }],
    summary: "what only a person can settle",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: [],
    subject: (findings) => `report ${findings.length} pretences`,
  },
  *find(workflow) {
    for (const unit of unitsOf(workflow)) {
      if (unit.kind !== "step" || !/pretend/iu.test(unit.script?.text ?? "")) continue;
      const at = { path: unit.path, span: unit.item.span };
      yield finding(unit, "pretence", "pretends", at, { ...fix(), safety: "report", effect: "needs-decision" });
    }
  },
});

/** A trailing comment is a reason to document, a comment above one that stands already; uploads are best effort. A name may say that it is retried. */
function judge(unit: Unit, comments: { leading: readonly unknown[]; trailing: unknown }): Outcome {
  if (comments.leading.length > 0) return { kind: "skip", reason: "documented", message: "the reason stands above it" };
  const name = unit.kind === "step" ? unit.label : unit.id;
  if (/upload/iu.test(name)) return { kind: "skip", reason: "best-effort", message: "an upload is best effort" };
  if (/retried/iu.test(name)) return { kind: "skip", reason: "retried", message: "the next step repeats it" };
  if (comments.trailing === undefined) return fix();
  return { kind: "document", title: "Lift the reason", safety: "safe", effect: "documents", edits: [] };
}

function fix(): Extract<Outcome, { readonly kind: "fix" }> {
  return { kind: "fix", title: "Repair it", safety: "review", effect: "reveals-failure", edits: [] };
}

function finding(unit: Unit, riskClass: string, says: string, at: Finding["at"], outcome: Outcome): Finding {
  const message = unit.kind === "job" ? `job ${unit.id} ${says}` : `step "${unit.label}" ${says}`;
  return {
    class: riskClass,
    severity: riskClass.startsWith("soft-fail") ? "high" : "medium",
    message,
    why: "a failure would not be seen",
    change: "its failure is seen",
    at: { path: at.path, span: at.span },
    unit,
    evidence: [],
    outcome,
  };
}

function* unitsOf(workflow: Workflow): Iterable<Unit> {
  for (const job of workflow.jobs) {
    yield job;
    yield* job.steps;
  }
}

/** Finds in files given as text, in the order of a scan: by file, then by line. */
export function findingsIn(files: Readonly<Record<string, string>>): readonly LocatedFinding[] {
  return Object.keys(files)
    .sort()
    .flatMap((file) => findingsOf(file, files[file] ?? ""));
}

function findingsOf(file: string, text: string): readonly LocatedFinding[] {
  const found = findingsInBytes(file, bytes(text));
  if (found === undefined) throw new Error(`${file} is no workflow`);
  return found;
}

/** Finds in one file; undefined where it is no workflow. */
export function findingsInBytes(file: string, content: Uint8Array): readonly LocatedFinding[] | undefined {
  const read = readWorkflow(file, content);
  if (!read.ok || read.workflow === undefined) return undefined;
  const { workflow } = read;
  const policy = { milestone: "M03", date: "2026-02-08", critical: [], bestEffort: [] };
  const located = [softFail, deadUnits, pretences].flatMap((codemod) =>
    Array.from(codemod.find(workflow, policy), (found) => {
      const { line, column } = workflow.file.yaml.lineColumn(found.at.span.start);
      return { finding: found, codemod, workflow, file, line, column };
    }),
  );
  const prints = fingerprints(located);
  return located
    .map((found, index) => ({ ...found, fingerprint: prints[index] ?? "" }))
    .sort((left, right) => left.line - right.line || left.column - right.column);
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function decoded(of: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(of);
}
