import { describe, expect, it } from "vitest";
import { ran, seen, steps, type Case } from "./models.ts";

/** Each row: what a table of the documentation or a test of the runner says, as a workflow whose check shows it. */
interface Row {
  readonly says: string;
  readonly steps: string;
  readonly when?: Case;
  readonly check: "success" | "failure";
}

const build = "unit / make build";
const test = "unit / make test";
const last = "unit / make report";

function checkRows(rows: readonly Row[]): void {
  it.each(rows)("$says", (row) => {
    expect(seen(steps(row.steps), row.when)["check of unit"]).toBe(row.check);
  });
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
describe("status functions of steps", () => {
  checkRows([
    {
      says: "success() is false once a step has failed, so a failing step of it does no more harm",
      steps: `
        - run: make build
          continue-on-error: true
        - id: probe
          if: success()
          run: make test
          continue-on-error: true
        - if: steps.probe.outcome == 'failure'
          run: make report`,
      when: { [build]: "failure", [test]: "failure", [last]: "failure" },
      check: "failure",
    },
  ]);

  /** Runs a probe under a condition, and turns red only if the probe ran. */
  const probe = (condition: string, soft: boolean): string => `
    - run: make build
      continue-on-error: ${soft}
    - id: probe
      ${condition === "" ? "" : `if: ${condition}`}
      run: make test
      continue-on-error: true
    - if: always() && steps.probe.outcome != 'skipped'
      run: make report`;
  const probed = (condition: string, soft: boolean, when: Case): boolean => {
    const plain = seen(steps(probe(condition, soft)), when)["check of unit"];
    return plain !== seen(steps(probe(condition, soft)), { ...when, [last]: "failure" })["check of unit"];
  };

  it.each([
    ["", true],
    ["success()", true],
    ["failure()", false],
    ["always()", true],
    ["cancelled()", false],
    ["${{ !cancelled() }}", true],
    ["success() || failure()", true],
    ["false", false],
    ["${{ false }}", false],
    ["${{ false }} && true", true],
    ["${{ always() }} && false", true],
    // The quotes are YAML's: what is left is the expression false. An empty condition is success().
    ["'false'", false],
    ["0", false],
    ["''", true],
    ["${{ '' }}", false],
    ["${{ null }}", false],
  ])("`%s` after success: runs is %s", (condition, runs) => {
    expect(probed(condition, false, {})).toBe(runs);
  });

  it.each([
    ["", true],
    ["failure()", false],
    ["success()", true],
  ])("`%s` after a forgiven failure: runs is %s, as only a conclusion of failure counts", (condition, runs) => {
    expect(probed(condition, true, { [build]: "failure" })).toBe(runs);
  });

  it.each([
    ["", false],
    ["success()", false],
    ["failure()", true],
    ["always()", true],
    ["true", false],
    ["failure() || success()", true],
  ])("`%s` after a failure: runs is %s", (condition, runs) => {
    // The job is red already, so a job that waits for it and reads an output of the probe tells.
    const text = steps(`
        - run: make build
        - id: probe
          ${condition === "" ? "" : `if: ${condition}`}
          run: make test`).replace("    steps:", "    outputs:\n      ran: ${{ steps.probe.outputs.ran }}\n    steps:")
      .concat(`  tell:
    needs: unit
    if: always() && needs.unit.outputs.ran == 'yes'
    runs-on: ubuntu-latest
    steps:
      - run: make report
`);
    const key = "unit gives needs.unit.outputs.ran";
    expect(seen(text, { [build]: "failure", [key]: "yes" })["check of tell"]).toBe(runs ? "success" : "skipped");
  });
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
describe("outcome and conclusion", () => {
  const tell = (condition: string, soft: string): string => `
    - id: probe
      run: make build
      ${soft}
    - if: always() && ${condition}
      run: make report`;
  const soft = "continue-on-error: true";
  checkRows([
    {
      says: "a forgiven step has outcome failure",
      steps: tell("steps.probe.outcome == 'failure'", soft),
      when: { [build]: "failure", [last]: "failure" },
      check: "failure",
    },
    {
      says: "a forgiven step has conclusion success",
      steps: tell("steps.probe.conclusion == 'failure'", soft),
      when: { [build]: "failure", [last]: "failure" },
      check: "success",
    },
    {
      says: "an unforgiven failure fails the job",
      steps: tell("true", ""),
      when: { [build]: "failure" },
      check: "failure",
    },
    { says: "a forgiven failure does not", steps: tell("true", soft), when: { [build]: "failure" }, check: "success" },
    {
      says: "continue-on-error: false forgives nothing",
      steps: tell("true", "continue-on-error: false"),
      when: { [build]: "failure" },
      check: "failure",
    },
    {
      says: "an expression decides as well",
      steps: tell("true", "continue-on-error: ${{ github.ref == 'refs/heads/try' }}"),
      when: { [build]: "failure", "github.ref": "refs/heads/try" },
      check: "success",
    },
    {
      says: "and is false elsewhere",
      steps: tell("true", "continue-on-error: ${{ github.ref == 'refs/heads/try' }}"),
      when: { [build]: "failure" },
      check: "failure",
    },
    {
      says: "a step that is not there has no outcome",
      steps: tell("steps.prob.outcome == 'success'", soft),
      when: { [last]: "failure" },
      check: "success",
    },
  ]);
});

// actions/runner, src/Test/L0/Worker/StepsRunnerL0.cs: RunNormalStepsContinueOnError and its neighbours
describe("the runner's own cases", () => {
  checkRows([
    {
      says: "continues after a forgiven failure (RunNormalStepsContinueOnError)",
      steps: "\n- run: make build\n  continue-on-error: true\n- run: make test",
      when: { [build]: "failure" },
      check: "success",
    },
    {
      says: "a later failure still fails the job",
      steps: "\n- run: make build\n  continue-on-error: true\n- run: make test",
      when: { [build]: "failure", [test]: "failure" },
      check: "failure",
    },
    {
      says: "always() runs after a failure and its failure is one more (RunsAlwaysSteps)",
      steps: "\n- run: make build\n- if: always()\n  run: make test",
      when: { [test]: "failure" },
      check: "failure",
    },
    {
      says: "a success after a failure does not heal it (RunsAlwaysSteps)",
      steps: "\n- run: make build\n- if: always()\n  run: make test",
      when: { [build]: "failure" },
      check: "failure",
    },
    {
      says: "a skipped step is no failure (SkipsAfterFailureOnlyBaseOnCondition)",
      steps: "\n- run: make build\n- if: failure()\n  run: make test",
      when: { [test]: "failure" },
      check: "success",
    },
    {
      says: "job.status tells what has become of the job",
      steps: "\n- run: make build\n- if: always() && job.status == 'success'\n  run: make test",
      when: { [test]: "failure" },
      check: "failure",
    },
    {
      says: "a condition that cannot be evaluated fails the step, soft-fail or not",
      steps: "\n- if: fromJSON(github.event.flags).on\n  run: make test\n  continue-on-error: true",
      check: "success",
    },
  ]);

  it("fails a step whose condition cannot be evaluated, and does not forgive it", () => {
    const text = steps("\n- if: fromJSON('{')\n  run: make test\n  continue-on-error: true");
    expect(seen(text)["check of unit"]).toBe("failure");
  });

  // actions/runner, StepsRunner: the environment is read before the condition, and whatever that says.
  it("fails a step whose environment cannot be evaluated, even one that would not run, and does not forgive it", () => {
    const text = (when: string): string =>
      steps(
        `\n- if: ${when}\n  run: make build\n  continue-on-error: true\n  env:\n    MODE: \${{ fromJSON('{').mode }}\n- run: make test`,
      );
    expect(seen(text("true"))["check of unit"]).toBe("failure");
    expect(seen(text("false"))["check of unit"]).toBe("failure");
    expect(ran(text("true"))).toEqual([]);
    expect(seen(text("true").replace("fromJSON('{').mode", "github.ref"))["check of unit"]).toBe("success");
  });

  it("knows that an environment may not be readable where that depends on something", () => {
    const text = steps("\n- run: make build\n  env:\n    MODE: a ${{ fromJSON(github.event.inputs.modes)[0] }} b");
    const key = "fromjson(github.event.inputs.modes)[0]";
    expect(ran(text)).toEqual([build]);
    expect(ran(text, { [key]: true })).toEqual([build]);
  });

  it("takes a soft-fail that cannot be evaluated for false", () => {
    const text = steps("\n- run: make test\n  continue-on-error: ${{ fromJSON('{') }}");
    expect(seen(text, { [test]: "failure" })["check of unit"]).toBe("failure");
  });

  it("fails the job for what an action does at its end, unless the action is soft-failed", () => {
    const late = { "unit / actions/cache": "failure at the end of the job" };
    expect(seen(steps("\n- uses: actions/cache@v4\n- run: make test"), late)["check of unit"]).toBe("failure");
    expect(
      seen(steps("\n- uses: actions/cache@v4\n  continue-on-error: true\n- run: make test"), late)["check of unit"],
    ).toBe("success");
  });
});
