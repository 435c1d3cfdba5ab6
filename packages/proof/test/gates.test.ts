import { describe, expect, it } from "vitest";
import { modelOf, open, prove, seen, workflow } from "./models.ts";

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#contains
describe("a gate of a few jobs", () => {
  const jobs = (condition: string): string =>
    workflow(
      [
        ...["lint", "unit", "docs"].map(
          (id) => `${id}:\n  if: always()\n  runs-on: x\n  steps:\n    - run: make ${id}`,
        ),
        "gate:",
        `  if: ${JSON.stringify(condition)}`,
        "  needs: [lint, unit, docs]\n  runs-on: x\n  steps:\n    - run: make gate",
      ].join("\n"),
    );
  const opens = (condition: string, told = {}): boolean => seen(jobs(condition), told)["check of gate"] === "success";

  it.each([
    ["contains(needs.*.result, 'failure')", false, true],
    ["contains(needs.*.result, 'Failure')", false, true],
    ["contains(needs.*.result, 'fail')", false, false],
    ["contains(needs.*.result, 'success')", true, true],
    ["contains(needs.*.status, 'failure')", false, false],
    ["contains(join(needs.*.result), 'fail')", false, true],
    ["contains(join(needs.*.result, ', '), 'fail')", false, true],
    ["contains(join(needs.*.result, ', '), 's, f')", false, true],
    ["contains(join(needs.*.result, 'failed'), 'failed')", true, true],
    ["contains(join(needs.*.result, ''), 'ssfail')", false, true],
    ["contains(toJSON(needs.*.result), 'fail')", false, true],
    ["startsWith(join(needs.*.result), 'failure')", false, false],
    ["contains(needs.unit.result, 'fail')", false, true],
    ["contains(needs[format('{0}', 'lint')].result, 'fail')", false, false],
  ])("`%s`: %s where all is well, %s where the unit tests fail", (condition, well, failed) => {
    expect(opens(`always() && ${condition}`)).toBe(well);
    expect(opens(`always() && ${condition}`, { "unit / make unit": "failure" })).toBe(failed);
  });

  const all = "[needs.lint.result=success, needs.unit.result=success, needs.docs.result=success]";
  it.each([
    ["contains(toJSON(needs.unit), 'failure')", "contains(tojson(needs.unit),'failure') [needs.unit.result=success]"],
    ["needs.unit", "needs.unit [needs.unit.result=success]"],
    ["contains(toJSON(needs), 'failure')", `contains(tojson(needs),'failure') ${all}`],
    ["contains(toJSON(needs.*), 'failure')", `contains(tojson(needs.*),'failure') ${all}`],
    ["contains(needs.*.outputs, 'on')", "lint gives unit gives docs gives contains(needs.*.outputs,'on')"],
  ])("`%s` may be either, as there is more in it than results", (condition, key) => {
    const text = `always() && ${condition}`;
    expect(modelOf(open(jobs(text))).logic.diagrams.variables.map((variable) => variable.key)).toContain(key);
    expect([opens(text, { [key]: false }), opens(text, { [key]: true })]).toEqual([false, true]);
  });
});

describe("a gate that asks for steps", () => {
  it("finds none, as those of its own job are yet to run", () => {
    const text = workflow(`
    unit:
      runs-on: x
      steps: [{ run: make unit }]
    gate:
      if: always() && contains(steps.*.outcome, 'failure')
      needs: unit
      runs-on: x
      steps: [{ run: make gate }]`);
    expect(seen(text, { "unit / make unit": "failure" })["check of gate"]).toBe("skipped");
    const { variables } = modelOf(open(text)).logic.diagrams;
    expect(variables.map(({ key }) => key)).toEqual(["unit / make unit"]);
  });
});

describe("a step that gathers many others", () => {
  const many = Array.from({ length: 24 }, (_value, index) => `s${index}`);
  const gathered = (condition: string, id: string): string =>
    workflow(
      `unit:\n  runs-on: x\n  steps:\n${many
        .map((step) => `    - id: ${step}\n      run: make ${step}\n      continue-on-error: true\n`)
        .join("")}    - id: ${id}\n      if: ${condition}\n      run: make red`,
    );

  it.each([
    "contains(steps.*.outcome, 'failure')",
    "contains(steps[*]['outcome'], 'failure')",
    "contains(join(steps.*.outcome), 'failure')",
    "contains(join(steps.*.outcome, ', '), 'failure')",
    "contains(toJSON(steps.*.outcome), 'fail')",
  ])("by `%s` is proved about", (condition) => {
    const text = gathered(condition, "gate");
    expect(prove(text, text.replace("gate", "closed")).judgement).toBe("no-change");
    const told = { "unit / make red": "failure" };
    expect(seen(text, told)["check of unit"]).toBe("success");
    expect(seen(text, { ...told, "unit / make s7": "failure" })["check of unit"]).toBe("failure");
  });
});
