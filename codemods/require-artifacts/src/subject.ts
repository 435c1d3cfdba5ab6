import type { Finding } from "@ci-fix/codemod";
import { clipped } from "@ci-fix/judgement";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined || first.unit.kind === "job") return "require artifacts";
  const { path } = first.unit.job.workflow.file;
  const what =
    findings.length === 1 ? `the artifact of step "${clipped(first.unit.label, 40)}"` : `${findings.length} artifacts`;
  return `require ${what} in ${path.slice(path.lastIndexOf("/") + 1)}`;
}
