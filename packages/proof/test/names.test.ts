import { describe, expect, it } from "vitest";
import { prove, ran, seen, steps } from "./models.ts";

describe("what a step is called in a certificate", () => {
  const label = (length: number): string => `Test ${"x".repeat(length - 5)}`;

  it("is its label, cut where it is long", () => {
    const named = (length: number): readonly string[] =>
      ran(steps(`\n- name: ${label(length)}\n  run: make test`)).map((key) => key.replace("unit / ", ""));
    expect(named(60)).toEqual([label(60)]);
    expect(named(61)).toEqual([`${label(59)}…`]);
  });

  it("has a number where it is not the only one of its label", () => {
    const text = steps("\n- run: make test\n- run: make test\n  continue-on-error: true\n- run: make test");
    expect(ran(text)).toEqual(["unit / make test", "unit / make test (2)", "unit / make test (3)"]);
    expect(seen(text, { "unit / make test (2)": "failure" })["check of unit"]).toBe("success");
    expect(seen(text, { "unit / make test (3)": "failure" })["check of unit"]).toBe("failure");
  });

  it("is the same before and after a fix where steps before it come or go", () => {
    const all = steps(
      "\n- run: make lint\n- if: false\n  run: make old\n- name: Test\n  run: make test\n- name: Ship\n  run: make ship",
    );
    const fewer = all.replace(/ +- if: false\n +run: make old\n/u, "");
    expect([prove(all, fewer), prove(fewer, all)].map(({ judgement }) => judgement)).toEqual([
      "no-change",
      "no-change",
    ]);
    const soft = all.replace("run: make ship", "run: make ship\n        continue-on-error: true");
    const { judgement, certificate } = prove(soft, fewer);
    expect(judgement).toBe("bites");
    expect(certificate.cases[0]?.choices).toEqual([{ kind: "outcome", key: "unit / Ship", value: "failure" }]);
  });

  it("is what it was called before where only labels differ", () => {
    const before = steps("\n- name: Lint\n  run: make lint\n  continue-on-error: true\n- name: Test\n  run: make test");
    const after = before.replace("        continue-on-error: true\n", "").replace("name: Lint", "name: Lint all");
    expect(after).not.toBe(before);
    expect(prove(before, after).certificate.cases[0]?.choices).toEqual([
      { kind: "outcome", key: "unit / Lint", value: "failure" },
    ]);
  });
});
