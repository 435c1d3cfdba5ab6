import type { Finding } from "@ci-fix/codemod";
import { unitName } from "@ci-fix/workflow";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "document exceptions";
  const { path } = (first.unit.kind === "job" ? first.unit : first.unit.job).workflow.file;
  const what = findings.length === 1 ? `the soft-fail of ${unitName(first.unit)}` : `${findings.length} soft-fails`;
  return `write down the reason for ${what} in ${path.slice(path.lastIndexOf("/") + 1)}`;
}
