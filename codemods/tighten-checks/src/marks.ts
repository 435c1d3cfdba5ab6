/** One of them stands in every script with a check that is told, or made, not to fail. */
// prettier-ignore
export const marks: readonly string[] = [
  "assWithNoTests", "pass-with-no-tests", "no-tests", "ctest", "exit-zero", "exit-code", "ailure.ignore", "ailureIgnore", "error.ignore",
  "failOn", "failsOn", "fail-never", "-fn", "make", "--ignore-errors", "--no-fail", "--lenient", "--force", "--no-exit",
  "gofmt", "black", "prettier", "fmt", "isort", "ruff", "--fix",
];
