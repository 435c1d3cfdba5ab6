import type { Finding } from "@ci-fix/codemod";

/** What the commit for these findings does, without its scope. */
export function subject(findings: readonly Finding[]): string {
  const swallowed = findings.filter((finding) => finding.class === "swallowed-exit").length;
  const masked = findings.length - swallowed;
  const parts: string[] = [];
  if (swallowed > 0) parts.push(swallowed === 1 ? "a swallowed failure" : `${swallowed} swallowed failures`);
  if (masked > 0)
    parts.push(masked === 1 ? "the failure of a substitution" : `the failures of ${masked} substitutions`);
  return `let ${parts.join(" and ")} reach the step`;
}
