import { describe, expect, it } from "vitest";
import { declaredSoft, isAdvisoryName, kindOfName } from "../src/names.ts";

describe("what a name says", () => {
  it.each([
    ["Run tests", "critical"],
    ["🧪 Unit Tests (3.12)", "critical"],
    ["lint-and-typecheck", "critical"],
    ["run_pytest_rocm.sh", "critical"],
    ["Publish to PyPI", "critical"],
    ["Upload test results", "best-effort"],
    ["Publish unit test results", "best-effort"],
    ["Comment on the pull request", "best-effort"],
    ["pytest-cache-download", "best-effort"],
    ["Merge reports", "best-effort"],
    ["Run benchmarks", "advisory"],
    ["Security audit", "advisory"],
    ["Install test dependencies", "prepare"],
    ["Set up the build", "prepare"],
    ["Check if the branch exists", undefined],
    ["Do TD", undefined],
    ["Latest news", undefined],
    ["Contest entries", undefined],
  ])("%s: %s", (name, kind) => expect(kindOfName(name)?.kind).toBe(kind));
});

it("tells jobs that are advisory by nature", () => {
  expect(["check-nightly", "security_audit", "fuzz", "link-check"].filter(isAdvisoryName)).toHaveLength(4);
  expect(["tests", "build-wheels", "auditorium"].filter(isAdvisoryName)).toEqual([]);
});

it("hears a name that says itself that it does not count", () => {
  expect(declaredSoft("Lint (non-blocking)")).toBe("non blocking");
  expect(declaredSoft("Lint the blocking queue")).toBeUndefined();
});
