import { describe, expect, it } from "vitest";
import { claim, prove, steps, workflow } from "./models.ts";

const reason = (before: string, after: string): string | undefined => {
  const bites = claim(prove(before, after), "bites");
  expect(bites.verdict).toBe("refuted");
  return bites.reason;
};
const UNCHANGED = "nothing that decides a result is changed";
const FORGIVEN = "whatever turns red was red before, or is forgiven elsewhere";

/** A step that is told apart by what stands in it. */
const step = (line: string): string => steps(`\n- run: make lint\n- run: make test\n  ${line}\n- run: make report`);

describe("why a step turns nothing red", () => {
  it.each([
    ["continue-on-error: false", "name: make test", "was soft-failed in no case: its continue-on-error is never true"],
    [
      "continue-on-error: ${{ false }}",
      "name: make test",
      "was soft-failed in no case: its continue-on-error is never true",
    ],
    [
      "continue-on-error: false",
      "continue-on-error: true",
      "was soft-failed in no case: its continue-on-error is never true",
    ],
  ])("%s, %s", (before, after, expected) => {
    expect(reason(step(before), step(after))).toBe(`step "make test" ${expected}`);
  });

  it("still forgives, in other words", () => {
    expect(reason(step("continue-on-error: true"), step("continue-on-error: ${{ 1 == 1 }}"))).toBe(UNCHANGED);
  });

  it("is new, and only runs where the job is red already", () => {
    const before = steps("\n- run: make test");
    expect(reason(before, `${before}      - if: failure()\n        run: make dump\n`)).toBe(UNCHANGED);
  });

  it("is gone, and could never run", () => {
    const before = steps("\n- run: make test\n- if: false\n  run: make dump\n- if: false\n  run: make more");
    const after = before.replace(/ *- if: false\n *run: make dump\n/u, "");
    expect(after).not.toBe(before);
    expect(reason(before, after)).toBe('step "make dump" could never run');
  });

  it("is gone, and did run", () => {
    expect(reason(steps("\n- run: make test\n- run: make more"), steps("\n- run: make test"))).toBe(FORGIVEN);
  });

  it("turns nothing red that was not red before", () => {
    expect(reason(step("name: make test"), step("if: github.ref == 'refs/heads/main'"))).toBe(FORGIVEN);
  });
});

describe("why a job turns nothing red", () => {
  const job = (line: string, softStep = ""): string =>
    workflow(`
      unit:
        ${line}
        runs-on: ubuntu-latest
        steps:
          - run: make test
            name: make test
            ${softStep}
      after:
        if: always()
        needs: unit
        runs-on: ubuntu-latest
        steps:
          - run: make after`);

  it.each([
    [
      job("continue-on-error: false"),
      job("name: unit"),
      "job unit was soft-failed in no case: its continue-on-error is never true",
    ],
    [job("continue-on-error: true\n        if: false"), job("if: false"), "job unit never runs"],
    [
      job("continue-on-error: true", "continue-on-error: true"),
      job("name: unit", "continue-on-error: true"),
      UNCHANGED,
    ],
    [job("name: unit"), job("if: github.ref == 'refs/heads/main'"), FORGIVEN],
    [job("if: false"), job("if: false && true"), UNCHANGED],
  ])("%#", (before, after, expected) => {
    expect(reason(before, after)).toBe(expected);
  });
});
