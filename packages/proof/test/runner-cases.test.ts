import { describe, expect, it } from "vitest";
import { ran, seen, steps, type Case } from "./models.ts";

// Every case of the tests that the runner publishes about conditions and soft-fails, by the name of its test, but for those
// in which the run is cancelled, of which a proof says nothing.
// https://github.com/actions/runner/tree/main/src/Test/L0/Worker

interface Given {
  readonly ends: "success" | "failure";
  readonly when: string;
  readonly soft?: true;
}
const ok = (when: string): Given => ({ ends: "success", when });
const bad = (when: string): Given => ({ ends: "failure", when });
const soft = (when: string): Given => ({ ends: "failure", when, soft: true });

/** Steps `a`, `b`, `c` that end as given, if they run. */
function job(given: readonly Given[]): { readonly text: string; readonly told: Case } {
  const lines = given.flatMap(({ when, soft: isSoft }, index) => [
    `- id: ${"abc"[index] ?? ""}`,
    `  if: ${when}`,
    `  run: make ${"abc"[index] ?? ""}`,
    ...(isSoft === true ? ["  continue-on-error: true"] : []),
  ]);
  const told = given.map(({ ends }, index) => [`unit / make ${"abc"[index] ?? ""}`, ends] as const);
  return { text: steps(lines.join("\n")), told: Object.fromEntries(told) };
}

const either = "success() || failure()";

describe("StepsRunnerL0", () => {
  it.each<[string, readonly Given[], string, Case["x"]]>([
    ["RunNormalStepsAllStepPass", [ok("success()"), ok("success()")], "ab", "success"],
    ["RunNormalStepsAllStepPass", [ok("success()"), ok(either)], "ab", "success"],
    ["RunNormalStepsAllStepPass", [ok("success()"), ok("always()")], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), ok("success()")], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), ok(either)], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), ok("always()")], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), soft("success()")], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), soft(either)], "ab", "success"],
    ["RunNormalStepsContinueOnError", [soft("success()"), soft("always()")], "ab", "success"],
    ["RunsAfterFailureBasedOnCondition", [bad("success()"), ok("success()")], "a", "failure"],
    ["RunsAfterFailureBasedOnCondition", [bad("success()"), ok(either)], "ab", "failure"],
    ["RunsAlwaysSteps", [ok("success()"), ok("always()")], "ab", "success"],
    ["RunsAlwaysSteps", [bad("success()"), ok("always()")], "ab", "failure"],
    ["RunsAlwaysSteps", [ok("success()"), bad("always()")], "ab", "failure"],
    ["RunsAlwaysSteps", [ok("success()"), soft("always()")], "ab", "success"],
    ["SetsJobResultCorrectly", [bad("success()"), ok("success()")], "a", "failure"],
    ["SetsJobResultCorrectly", [bad("success()"), ok(either)], "ab", "failure"],
    ["SetsJobResultCorrectly", [bad("success()"), ok("always()")], "ab", "failure"],
    ["SetsJobResultCorrectly", [soft("success()"), bad("success()")], "ab", "failure"],
    ["SetsJobResultCorrectly", [soft("success()"), ok("success()")], "ab", "success"],
    ["SetsJobResultCorrectly", [soft("success()"), soft("success()")], "ab", "success"],
    ["SetsJobResultCorrectly", [ok(either)], "a", "success"],
    ["SetsJobResultCorrectly", [ok("success()"), bad("success()")], "ab", "failure"],
    ["SetsJobResultCorrectly", [ok("success()"), ok("success()")], "ab", "success"],
    ["SkipsAfterFailureOnlyBaseOnCondition", [bad("success()"), ok("success()")], "a", "failure"],
    ["SkipsAfterFailureOnlyBaseOnCondition", [bad("success()"), ok(either)], "ab", "failure"],
    ["SkipsAfterFailureOnlyBaseOnCondition", [bad("success()"), ok("always()")], "ab", "failure"],
    ["AlwaysMeansAlways", [ok("success()"), ok("always()")], "ab", "success"],
    ["AlwaysMeansAlways", [bad("success()"), ok("always()")], "ab", "failure"],
    ["TreatsConditionErrorAsFailure", [ok("fromJson('not json')")], "", "failure"],
    [
      "StepContextOutcome",
      [
        ok("success()"),
        soft("steps.a.outcome == 'success'"),
        ok("steps.a.outcome == 'success' && steps.b.outcome == 'failure'"),
      ],
      "abc",
      "success",
    ],
    [
      "StepContextConclusion",
      [
        ok("false"),
        soft("steps.a.conclusion == 'skipped'"),
        ok("steps.a.outcome == 'skipped' && steps.b.outcome == 'failure' && steps.b.conclusion == 'success'"),
      ],
      "bc",
      "success",
    ],
  ])("%s %#", (_test, given, expected, result) => {
    const { text, told } = job(given);
    expect(ran(text, told)).toEqual(expected.split("").map((id) => `unit / make ${id}`));
    expect(seen(text, told)["check of unit"]).toBe(result);
  });
});

describe("ExecutionContextL0", () => {
  // outcome, conclusion: what the step context says of a step that ends so, with and without a soft-fail.
  it.each([
    [true, "failure", "failure", "success"],
    [true, "success", "success", "success"],
    [false, "failure", "failure", "failure"],
    [false, "success", "success", "success"],
  ] as const)(
    "ApplyContinueOnError_CheckResultAndOutcome: %s, %s gives outcome %s and conclusion %s",
    (isSoft, ends, outcome, conclusion) => {
      const says = (when: string): boolean => {
        const { text, told } = job([{ ends, when: "true" }, ok(`always() && ${when}`)]);
        const softened = isSoft ? text.replace("run: make a", "run: make a\n        continue-on-error: true") : text;
        return ran(softened, told).includes("unit / make b");
      };
      for (const result of ["success", "failure", "skipped", "cancelled"]) {
        expect(says(`steps.a.outcome == '${result}'`), result).toBe(result === outcome);
        expect(says(`steps.a.conclusion == '${result}'`), result).toBe(result === conclusion);
      }
    },
  );
});

describe("ConditionFunctionsL0", () => {
  /** Whether a step with this condition runs in a job with this status. */
  const holds = (condition: string, status: "success" | "failure"): boolean => {
    const { text, told } = job([{ ends: status, when: "true" }, ok(condition)]);
    return ran(text, told).includes("unit / make b");
  };

  it.each([
    ["AlwaysFunction", "always()", "failure", true],
    ["AlwaysFunction", "always()", "success", true],
    ["CancelledFunction", "cancelled()", "failure", false],
    ["CancelledFunction", "cancelled()", "success", false],
    ["FailureFunction", "failure()", "failure", true],
    ["FailureFunction", "failure()", "success", false],
    ["SuccessFunction", "success()", "success", true],
    ["SuccessFunction", "success()", "failure", false],
  ] as const)("%s: `%s` of a job with status %s is %s", (_test, condition, status, expected) => {
    expect(holds(condition, status)).toBe(expected);
  });

  it.each(["always()", "success()"])("%s holds before anything has run", (condition) => {
    const { text, told } = job([ok(condition)]);
    expect(ran(text, told)).toEqual(["unit / make a"]);
  });

  it.each(["cancelled()", "failure()"])("%s does not hold before anything has run", (condition) => {
    const { text, told } = job([ok(condition)]);
    expect(ran(text, told)).toEqual([]);
  });

  /** The same for a composite action that comes after, and whose first step has ended as given. */
  const holdsInside = (condition: string, status: string, action: string | undefined): boolean => {
    const first = action === undefined ? "" : "    - run: make first\n      shell: bash\n";
    const file = `runs:\n  using: composite\n  steps:\n${first}    - if: ${condition}\n      run: make second\n      shell: bash\n`;
    const load = (path: string): Uint8Array | undefined =>
      path === "tools/both/action.yml" ? new TextEncoder().encode(file) : undefined;
    const told = { "unit / make a": status, "unit / ./tools/both / make first": action ?? "success" };
    const text = steps("\n- run: make a\n- if: always()\n  uses: ./tools/both");
    return ran(text, told, load).includes("unit / ./tools/both / make second");
  };

  it.each([
    ["FailureFunctionComposite", "failure()", "failure", "failure", true],
    ["FailureFunctionComposite", "failure()", "failure", "success", false],
    ["FailureFunctionComposite", "failure()", "success", "failure", true],
    ["FailureFunctionComposite", "failure()", "success", "success", false],
    ["FailureFunctionComposite", "failure()", "success", undefined, false],
    ["SuccessFunctionComposite", "success()", "failure", "failure", false],
    ["SuccessFunctionComposite", "success()", "failure", "success", true],
    ["SuccessFunctionComposite", "success()", "success", "failure", false],
    ["SuccessFunctionComposite", "success()", "success", "success", true],
    ["SuccessFunctionComposite", "success()", "success", undefined, true],
  ] as const)("%s: `%s` in a job of %s, in an action of %s, is %s", (_test, condition, status, action, expected) => {
    expect(holdsInside(condition, status, action)).toBe(expected);
  });
});
