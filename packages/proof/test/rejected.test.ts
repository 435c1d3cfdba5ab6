import { describe, expect, it } from "vitest";
import { without } from "./fixing.ts";
import { bytes, claim, prove, workflow } from "./models.ts";

// actions/runner, TemplateReader, WorkflowTemplateConverter and IdBuilder
describe("a file that would be rejected", () => {
  /** A fix of the first job, which has nothing to do with what else stands there. */
  const fixed = (others: string): string =>
    workflow(`
    lint:
      runs-on: x
      steps:
        - run: make lint
          continue-on-error: true
    ${others.trim()}`);
  const job = (id: string, more = "name: Unit"): string => `
    ${id}:
      ${more}
      runs-on: x
      steps:
        - id: build
          run: make build
        - run: make ${id}`;
  const jobs = (...each: readonly string[]): string => each.join("").trimEnd();
  const order = "jobs wait for each other, or for a job that is not there";

  it.each([
    ["two jobs of one id", jobs(job("unit"), job("UNIT")), "two jobs have the same id"],
    ["a need that is not there", jobs(job("unit", "needs: build")), order],
    ["a job that waits for itself", jobs(job("unit", "needs: unit")), order],
    ["jobs that wait for each other", jobs(job("unit", "needs: [lint, ship]"), job("ship", "needs: unit")), order],
    [
      "two steps of one id",
      `${jobs(job("unit"))}
          id: Build`,
      "two steps have the id build",
    ],
  ])("for %s is not judged, wherever that stands", (_what, others, reason) => {
    const before = fixed(others);
    const proof = prove(before, without(before));
    expect(claim(proof, "bites").reason).toBe(`the file would be rejected: ${reason}`);
    expect([proof.judgement, proof.breaks]).toEqual(["unknown", false]);
    expect(prove(fixed(jobs(job("unit"))), without(before)).breaks).toBe(true);
  });

  it("is none for needs that are said twice, in any order and case", () => {
    const before = fixed(jobs(job("ship", "needs: [Unit, lint, unit]"), job("unit", "needs: LINT")));
    expect(prove(before, without(before)).judgement).toBe("bites");
  });

  it("is none for many jobs of which each waits for all before it, and that is found out at once", () => {
    const ids = Array.from({ length: 40 }, (_value, index) => `j${index}`);
    const many = ids.map((id, index) =>
      job(id, `needs: [lint, ${ids.slice(0, index).join(", ")}]`.replace(", ]", "]")),
    );
    const before = fixed(jobs(...many.toReversed()));
    expect(prove(before, without(before)).judgement).toBe("bites");
  });

  it("is found among those that it calls", () => {
    const load = (): Uint8Array =>
      bytes("runs:\n  using: composite\n  steps:\n    - id: a\n      run: make\n    - id: A\n      run: make\n");
    const before = fixed("unit:\n      runs-on: x\n      needs: lint\n      steps:\n        - uses: ./tools");
    expect(claim(prove(before, without(before), { load }), "bites").reason).toBe(
      "the file would be rejected: two steps have the id a",
    );
  });
});
