import { describe, expect, it } from "vitest";
import { without } from "./fixing.ts";
import { prove, seen, workflow } from "./models.ts";

const soft = "continue-on-error: true";

describe("an output that says what became of a step", () => {
  /** The job may fail, and another one asks for its output: what the fix makes of the step decides whether that one runs. */
  const text = (output: string, when = "== 'success'"): string =>
    workflow(`
    unit:
      runs-on: x
      continue-on-error: \${{ true }}
      outputs: { ok: "${output}" }
      steps:
        - id: test
          run: make test
          ${soft}
    more:
      needs: unit
      if: always() && needs.unit.outputs.ok ${when}
      runs-on: x
      steps:
        - run: make more`);
  const judged = (output: string, when?: string): string =>
    prove(text(output, when), without(text(output, when))).judgement;

  it.each([
    "${{ steps.test.conclusion }}",
    "${{ job.status }}",
    "${{ format('{0}', steps.test.conclusion) }}",
    "it is ${{ steps.test.conclusion }}",
    "${{ toJSON(steps) }}",
  ])("%s: loses what ran for it", (output) => {
    expect(judged(output)).toBe("weaker");
  });

  it.each(["${{ steps.test.outcome }}", "${{ steps.test.outputs.ok }}", "${{ github.ref }}"])("%s: stays", (output) => {
    expect(judged(output)).toBe("bites");
  });

  it("is free as soon as there is more to it, also in legs that differ", () => {
    const more = (output: string, told = {}): string | undefined => seen(text(output), told)["check of more"];
    const two = "${{ steps.test.conclusion }}${{ github.ref }}";
    expect(more(two)).toBe("skipped");
    expect(more(two, { "unit gives [steps.test.conclusion=success] needs.unit.outputs.ok": "success" })).toBe(
      "success",
    );
    const legs = (output: string): string =>
      text(output)
        .replace("outputs:", "strategy: { matrix: { os: [linux, mac] } }\n    outputs:")
        .replace("make test", "make test\n        if: matrix.os == 'linux'");
    const asked = (output: string, key: string): string | undefined =>
      seen(legs(output), { [`unit gives ${key}needs.unit.outputs.ok`]: "success" })["check of more"];
    expect(asked("${{ steps.test.outcome }}", "[steps.test.outcome=success; steps.test.outcome=skipped] ")).toBe(
      "success",
    );
    expect(asked("${{ steps.test.outputs.ok }}", "[; without steps.test] ")).toBe("success");
    expect(asked("${{ github.ref }}", "")).toBe("success");
    expect(asked("${{ matrix.os }}", "[matrix.os=linux; matrix.os=mac] ")).toBe("success");
  });

  it("is followed word for word where it is nothing else", () => {
    expect(judged("${{ steps.test.conclusion }}", "!= 'skipped'")).toBe("bites");
    expect(seen(text("${{ (steps.test.outcome) }}"), { "unit / make test": "failure" })["check of more"]).toBe(
      "skipped",
    );
    expect(seen(text("${{ steps.nobody.outcome }}", "== ''"))["check of more"]).toBe("success");
  });
});

describe("an output of steps that did not run", () => {
  const text = (output: string): string =>
    workflow(`
    unit:
      runs-on: x
      outputs: { ok: "${output}" }
      steps:
        - id: test
          if: false
          run: make test
    more:
      needs: unit
      if: needs.unit.outputs.ok == ''
      runs-on: x
      steps:
        - run: make more`);
  const checks = (output: string, told = {}): string | undefined => seen(text(output), told)["check of more"];

  it.each(["${{ steps.test.outputs.ok }}", "${{ steps.test.outputs.ok || steps.nobody.outputs.ok }}"])(
    "%s: is empty",
    (output) => {
      expect(checks(output)).toBe("success");
    },
  );

  it("is as empty where it is that of another job", () => {
    const two = (output: string): string =>
      text("${{ steps.nobody.outcome }}") +
      workflow(`
    last:
      needs: unit
      runs-on: x
      outputs: { ok: "${output}" }
      steps:
        - run: make last
    end:
      needs: last
      if: needs.last.outputs.ok == ''
      runs-on: x
      steps:
        - run: make end`).slice("on: push\njobs:\n".length);
    const end = (output: string, told = {}): string | undefined => seen(two(output), told)["check of end"];
    expect(end("${{ needs.unit.outputs.ok || needs.unit.outputs.none }}", {})).toBe("skipped");
    expect(end("${{ needs.unit.outputs.ok || steps.nobody.outputs.ok }}")).toBe("success");
    expect(
      end("at ${{ needs.unit.outputs.ok }}", { "last gives [without needs.unit] needs.last.outputs.ok": "" }),
    ).toBe("success");
  });

  it.each(["${{ steps.test.outputs.ok || 'none' }}", "no ${{ steps.test.outputs.ok }}"])("%s: is not", (output) => {
    expect(checks(output)).toBe("skipped");
    expect(checks(output, { "unit gives [without steps.test] needs.unit.outputs.ok": "" })).toBe("success");
  });
});
