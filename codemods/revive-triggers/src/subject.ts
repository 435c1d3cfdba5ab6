import type { Finding } from "@ci-fix/codemod";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "revive triggers";
  const { path } = (first.unit.kind === "job" ? first.unit : first.unit.job).workflow.file;
  const what = findings.length === 1 ? "a trigger" : `${findings.length} triggers`;
  return `revive ${what} of ${path.slice(path.lastIndexOf("/") + 1)}`;
}
