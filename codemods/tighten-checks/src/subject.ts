import type { Finding } from "@ci-fix/codemod";

const nouns: Readonly<Record<string, readonly [one: string, many: string]>> = {
  "no-tests-pass": ["a test run", "test runs"],
  "soft-flag": ["a check", "checks"],
  "write-mode-check": ["a formatter", "formatters"],
};

/** What the commit for these findings does, without its scope. */
export function subject(findings: readonly Finding[]): string {
  const parts = Object.entries(nouns).flatMap(([id, [one, many]]) => {
    const count = findings.filter((finding) => finding.class === id).length;
    if (count === 0) return [];
    return [count === 1 ? one : `${count} ${many}`];
  });
  return `let ${parts.join(" and ")} fail`;
}
