import type { Finding } from "@ci-fix/codemod";

/** The subject of the commit for these findings. */
export function subjectOf(findings: readonly Finding[]): string {
  const gates = findings.flatMap(({ unit }) => (unit.kind === "job" ? [unit] : []));
  const [first] = gates;
  if (first === undefined) return "close gates";
  const { path } = first.workflow.file;
  const file = path.slice(path.lastIndexOf("/") + 1);
  const ids = [...new Set(gates.map(({ id }) => id))];
  return `close ${ids.length === 1 ? `gate ${first.id}` : `${ids.length} gates`} in ${file}`;
}
