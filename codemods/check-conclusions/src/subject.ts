import type { Finding } from "@ci-fix/codemod";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const jobs = findings.flatMap(({ unit }) => (unit.kind === "job" ? [unit] : []));
  const [first] = jobs;
  if (first === undefined) return "check conclusions";
  const { path } = first.workflow.file;
  const what = jobs.length === 1 ? `job ${first.id}` : `${jobs.length} jobs`;
  return `let ${what} ask how the run before went in ${path.slice(path.lastIndexOf("/") + 1)}`;
}
