import { readWorkflow, type Workflow } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { reachOf } from "../../src/inventory/reach.ts";
import { signalOf } from "../../src/inventory/signal.ts";

const nothing = { silent: [], isHandled: () => false };

function workflow(text: string, path = ".github/workflows/x.yml"): Workflow {
  const read = readWorkflow(path, new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("no workflow");
  return read.workflow;
}

const job = (steps: string, keys = ""): string =>
  `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n${keys}    steps:\n${steps}`;

describe("what the colour of a workflow is worth", () => {
  it.each([
    [
      "S1 disabled: nothing starts it",
      "on: {}\njobs:\n  a: { runs-on: x, steps: [{ run: pytest }] }\n",
      "S1",
      "disabled",
    ],
    ["S2 disabled: no job can run", job("      - run: pytest\n", "    if: false\n"), "S2", "disabled"],
    ["S3 cosmetic: nothing in it must be seen", job("      - uses: actions/labeler@v5\n"), "S3", "cosmetic"],
    [
      "S4 cosmetic: all that matters may fail",
      job("      - run: pytest\n        continue-on-error: true\n"),
      "S4",
      "cosmetic",
    ],
    ["S6 weak: nothing tells what it is worth", job("      - run: ./do-it\n"), "S6", "weak"],
    ["S7 strong: a failure is seen", job("      - run: pytest\n"), "S7", "strong"],
  ])("%s", (_, text, rule, strength) => {
    expect(signalOf(workflow(text), nothing)).toMatchObject({ rule, strength });
  });

  it("S5 weak: a finding in it hides a failure", () => {
    const both = workflow(job("      - run: pytest\n      - run: tox\n        continue-on-error: true\n"));
    expect(signalOf(both, { ...nothing, silent: ["soft-fail-step"] })).toMatchObject({ rule: "S5", strength: "weak" });
  });

  it("a soft-fail that something acts on hides nothing", () => {
    const handled = workflow(job("      - run: pytest\n        continue-on-error: true\n"));
    expect(signalOf(handled, { ...nothing, isHandled: () => true }).rule).toBe("S7");
  });

  it("a job that waits for a dead one is dead as well", () => {
    const text =
      "on: push\njobs:\n  a: { if: false, runs-on: x }\n  b: { needs: a, runs-on: x, steps: [{ run: pytest }] }\n";
    expect(signalOf(workflow(text), nothing)).toMatchObject({ rule: "S2", why: "All 2 jobs can never run." });
  });

  it("a job that waits for a dead one with always() lives", () => {
    const text =
      "on: push\njobs:\n  a: { if: false, runs-on: x }\n  b: { needs: a, if: always(), runs-on: x, steps: [{ run: pytest }] }\n";
    expect(signalOf(workflow(text), nothing).rule).toBe("S7");
  });
});

describe("when a workflow runs", () => {
  it.each([
    ["[push, pull_request]", "change"],
    ["{ schedule: [{ cron: '0 0 * * *' }], push: }", "merge"],
    ["{ schedule: [{ cron: '0 0 * * *' }], workflow_dispatch: }", "schedule"],
    ["workflow_dispatch", "hand"],
    ["[workflow_call, workflow_dispatch]", "called"],
    ["issues", "event"],
    ["{}", "never"],
  ])("on: %s – %s", (on, reach) => {
    expect(reachOf(workflow(`on: ${on}\njobs: { a: { runs-on: x } }\n`))).toBe(reach);
  });
});
