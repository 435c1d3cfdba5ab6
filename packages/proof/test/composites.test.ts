import { describe, expect, it } from "vitest";
import { ran, seen, steps } from "./models.ts";

const test = "unit / make test";

// actions/runner, CompositeActionHandler; ADR 1438
describe("composite actions of the repository", () => {
  const load = (inner: string) => (file: string) =>
    file === "tools/setup/action.yml"
      ? new TextEncoder().encode(`runs:\n  using: composite\n  steps:\n${inner}`)
      : undefined;
  const outer = "\n- uses: ./tools/setup\n- run: make test";
  const inner = (more: string): string => `    - run: make build\n      shell: bash\n${more}`;

  it("fails with one of its steps", () => {
    expect(
      seen(steps(outer), { "unit / ./tools/setup / make build": "failure" }, load(inner("")))["check of unit"],
    ).toBe("failure");
  });

  it("does not fail with a forgiven one", () => {
    const file = load(inner("      continue-on-error: true\n"));
    expect(seen(steps(outer), { "unit / ./tools/setup / make build": "failure" }, file)["check of unit"]).toBe(
      "success",
    );
  });

  it("is left at a condition that cannot be evaluated, whatever stands further down", () => {
    const file = load(
      `    - if: fromJSON('{')\n      run: make build\n      shell: bash\n${inner("      if: always()\n").replace("make build", "make tidy")}`,
    );
    expect(ran(steps(outer), {}, file)).toEqual([]);
    expect(seen(steps(outer), {}, file)["check of unit"]).toBe("failure");
  });

  it("sees the status of the job as it was before it", () => {
    const more = "    - if: always() && job.status == 'success'\n      run: make tidy\n      shell: bash\n";
    const told = { "unit / ./tools/setup / make build": "failure" };
    expect(ran(steps(outer), told, load(inner(more)))).toContain("unit / ./tools/setup / make tidy");
    const late = steps("\n- run: make test\n- if: always()\n  uses: ./tools/setup");
    expect(ran(late, { [test]: "failure" }, load(inner(more)))).toEqual(["unit / ./tools/setup / make build", test]);
  });

  it("takes an environment that cannot be evaluated for one more way to fail", () => {
    const file = load(inner("      continue-on-error: true\n      env:\n        MODE: ${{ fromJSON('{') }}\n"));
    expect(seen(steps(outer), {}, file)["check of unit"]).toBe("success");
  });

  it("looks at its own steps alone for success()", () => {
    const text = steps(
      "\n- run: make test\n- if: always()\n  uses: ./tools/setup\n  continue-on-error: true\n- if: always()\n  run: make report",
    );
    const told = { [test]: "failure", "unit / ./tools/setup / make build": "failure" };
    expect(seen(text, told, load(inner("")))["check of unit"]).toBe("failure");
  });
});
