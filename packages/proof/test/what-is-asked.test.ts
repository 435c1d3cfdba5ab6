import { describe, expect, it } from "vitest";
import { outlookOf } from "../src/index.ts";
import { claim, open, prove, steps, workflow } from "./models.ts";

/** Takes a condition from a step: what it kept from running can fail now. */
function freed(condition: string): ReturnType<typeof prove> {
  const before = steps(`\n- run: make lint\n- if: ${JSON.stringify(condition)}\n  run: make test`);
  return prove(before, steps("\n- run: make lint\n- run: make test"));
}

describe("a condition that can only be true or false never fails its step", () => {
  it.each([
    "contains(github.ref, 'x')",
    "CONTAINS(github.ref, 'x')",
    "startsWith(github.ref, 'x')",
    "endsWith(github.ref, 'x')",
    "join(github.event.list) == 'x'",
    "toJSON(github.event) == 'x'",
    "contains(github.ref, success())",
    "contains(github.ref, failure())",
    "contains(github.ref, always())",
    "contains(github.ref, cancelled())",
    "github.run_attempt > 1",
    "github.ref == github.head_ref",
  ])("%s", (condition) => {
    expect(claim(freed(condition), "never-weaker").verdict).toBe("proved");
  });
});

describe("a condition that may be no expression of anything fails its step, so that taking it away can lose a red run", () => {
  it.each([
    "fromJSON(github.event.flag)",
    "format(github.event.text, 'x') == 'x'",
    "hashFiles(github.event.pattern) == ''",
    "contains(github.ref, fromJSON(github.event.flag))",
    "case(github.event.flag, true, false)",
  ])("%s", (condition) => {
    expect(claim(freed(condition), "never-weaker").verdict).toBe("refuted");
  });
});

describe("values that no condition can tell apart are one case", () => {
  // With the step that is freed, which can fail where it did not run; with the one before it.
  const counts = (condition: string) => freed(condition).certificate.counts;

  it.each([
    ["inputs.deep", { differing: 1, same: 3 }],
    ["inputs.deep == 'x'", { differing: 2, same: 4 }],
    ["inputs.deep == 'x' || inputs.deep == 'X'", { differing: 2, same: 4 }],
    ["inputs.deep != 'x' && inputs.deep != 'y'", { differing: 2, same: 5 }],
    ["inputs.deep && inputs.deep > 5", { differing: 2, same: 4 }],
    ["inputs.deep == ''", { differing: 1, same: 3 }],
    ["inputs.deep == null", { differing: 1, same: 3 }],
    ["inputs.deep == true", { differing: 2, same: 4 }],
    ["inputs.deep == false", { differing: 1, same: 4 }],
    ["inputs.deep == 5", { differing: 2, same: 5 }],
    ["inputs.deep == 5 || inputs.deep == 'x'", { differing: 2, same: 6 }],
    ["always() && inputs.deep == success()", { differing: 2, same: 4 }],
  ])("%s", (condition, expected) => {
    expect(counts(condition)).toEqual(expected);
  });
});

describe("an environment", () => {
  const step = (env: string, line: string): string =>
    steps(`\n- run: make test\n  ${line}\n  env: { X: ${JSON.stringify(env)} }`);

  it.each([
    ["${{ fromJSON(inputs.text) }}", "sometimes"],
    ["${{ inputs.mode == 'json' && fromJSON(inputs.text) }}", "sometimes"],
    ["${{ inputs.mode == 'json' }}", "never"],
    ["fromJSON(inputs.text)", "never"],
  ])("%s fails its step, soft-fail or not: %s", (env, often) => {
    const found = outlookOf(open(step(env, "continue-on-error: true")));
    expect("jobs" in found && found.jobs.get("unit")?.steps.map(({ fails }) => fails)).toEqual([often]);
  });

  it("that cannot fail tells nothing apart", () => {
    const cases = (env: string) => prove(step(env, "if: inputs.deep"), step(env, "name: make test")).certificate.counts;
    expect(cases("${{ inputs.deep == 'x' }}")).toEqual(cases("x"));
  });
});

it("a context that is compared with a result can be any of them", () => {
  const text = workflow(`
    unit:
      runs-on: x
      steps:
        - run: make unit
    told:
      if: always() && needs.unit.result == inputs.want
      needs: unit
      runs-on: x
      steps:
        - run: make told`);
  for (const result of ["success", "failure", "skipped", "cancelled"] as const) {
    const found = outlookOf(open(text), { given: new Map([["unit", result]]) });
    expect("jobs" in found && found.jobs.get("told")?.runs, result).toBe("sometimes");
  }
});
