import type { Finding } from "@ci-fix/codemod";

/** What these findings are about. Nothing commits them: each is for a person. */
export function subjectOf(findings: readonly Finding[]): string {
  const count = findings.length;
  return `look at ${count} ${count === 1 ? "test that runs" : "tests that run"} no test`;
}
