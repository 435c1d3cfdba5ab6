import type { Finding } from "@ci-fix/codemod";
import { clipped } from "@ci-fix/judgement";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined || first.unit.kind === "job") return "let scripts fail";
  const { path } = first.unit.job.workflow.file;
  const file = path.slice(path.lastIndexOf("/") + 1);
  const verb = findings.every((finding) => finding.class === "script-floats") ? "wait" : "fail";
  const units = new Set(findings.map(({ unit }) => unit));
  return units.size === 1
    ? `let the script of step "${clipped(first.unit.label, 40)}" ${verb} in ${file}`
    : `let ${units.size} scripts ${verb} in ${file}`;
}
