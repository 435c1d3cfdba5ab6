import type { Finding } from "@ci-fix/codemod";
import { unitName } from "@ci-fix/workflow";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first === undefined) return "correct conditions";
  const { unit } = first;
  const { path } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const what = others.length === 0 ? `the condition of ${unitName(unit)}` : `${findings.length} conditions`;
  return `correct ${what} in ${path.slice(path.lastIndexOf("/") + 1)}`;
}
