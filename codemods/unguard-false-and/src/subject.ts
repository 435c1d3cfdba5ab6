import type { Finding } from "@ci-fix/codemod";
import { unitName } from "@ci-fix/workflow";

/** What the commit for these findings does, without its scope. */
export function subject(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "restore conditions";
  const { unit } = first;
  const { path } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (findings.length === 1) return `restore the condition of ${unitName(unit)} in ${file}`;
  const jobs = findings.filter((finding) => finding.unit.kind === "job").length;
  const parts = [counted(jobs, "job"), counted(findings.length - jobs, "step")].filter((part) => part !== "");
  return `restore the conditions of ${parts.join(" and ")} in ${file}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
