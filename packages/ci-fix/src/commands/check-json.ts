import { visibleJson } from "@ci-fix/report";
import type { CheckResult, LocatedFinding } from "@ci-fix/runner";

/** Raised when a reader of version N would misread the next one. */
const VERSION = 1;

/** The same for other programs: one object, indented by two. */
export function renderCheckJson(result: CheckResult, root: string): string {
  const told = {
    version: VERSION,
    root,
    base: { commit: result.base.oid, name: result.base.name },
    invariant: "INV-060",
    holds: result.holds,
    passes: result.passes,
    files: result.files,
    new: result.fresh.map(({ located, exemption }) => ({ ...findingJson(located), exemption: exemption ?? null })),
    expired: result.expired.map(findingJson),
    unreadable: result.unreadable.map(({ file, code, message }) => ({ file, code, message })),
    tolerated: result.old.map(findingJson),
    excepted: result.excepted.map(findingJson),
    gone: result.gone.map(findingJson),
    pending: result.pending.map(({ file, comment, class: name, reason, owner, expires }) => ({
      file,
      line: comment.line,
      class: name,
      reason,
      owner: owner ?? null,
      expires: expires ?? null,
    })),
    remarks: result.remarks,
    invariants: result.invariants.map(({ broken, ...invariant }) => ({
      ...invariant,
      broken: broken.map(findingJson),
    })),
    exceeded: result.exceeded,
  };
  return `${visibleJson(JSON.stringify(told, null, 2))}\n`;
}

function findingJson({ finding, fingerprint, file, line, column }: LocatedFinding): object {
  const { unit } = finding;
  return {
    fingerprint,
    class: finding.class,
    severity: finding.severity,
    file,
    line,
    column,
    job: (unit.kind === "job" ? unit.id : unit.job.id) || null,
    step: unit.kind === "step" ? unit.label : null,
    message: finding.message,
    evidence: finding.evidence,
  };
}
