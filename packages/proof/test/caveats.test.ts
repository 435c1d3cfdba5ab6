import { describe, expect, it } from "vitest";
import type { Caveat } from "../src/index.ts";
import { without } from "./fixing.ts";
import { prove, workflow } from "./models.ts";

const SOFT = "continue-on-error: true";
const caveats = (before: string, after: string, requiredChecks?: readonly string[]): readonly Caveat[] =>
  prove(before, after, requiredChecks === undefined ? {} : { requiredChecks }).certificate.caveats;
const messages = (before: string, after: string): readonly string[] =>
  caveats(before, after).map(({ message }) => message);

/** A job with one step. */
const job = (id: string, line = "", soft = ""): string =>
  [`${id}:`, `  ${line}`, "  runs-on: ubuntu-latest", "  steps:", `    - run: make ${id}`, `      ${soft}`]
    .filter((each) => each.trim() !== "")
    .join("\n");
const jobs = (...list: readonly string[]): string => workflow(list.join("\n"));
const CLOSE =
  "which counts as passing; a job that runs with always(), needs them and fails when one of them has failed would close this";

describe("red that moves", () => {
  it("names the changed jobs that it moves to, and the jobs that can be skipped", () => {
    const text = (soft: string): string =>
      jobs(
        job("lint"),
        job("probe", "", soft),
        job("other", "", soft),
        job("third", "", soft),
        job("ship", "needs: [lint, probe]"),
        job("dock", "needs: other"),
      );
    expect(messages(text(SOFT), text(""))).toEqual([
      `red moves to probe and other, and ship and dock can then be skipped, ${CLOSE}`,
    ]);
  });

  it("moves to what comes first, and not to what is skipped on the way", () => {
    const text = (soft: string): string =>
      jobs(job("probe", "", soft), job("pack", "needs: probe"), job("ship", "needs: pack"), job("dock", "needs: pack"));
    expect(messages(text(SOFT), text(""))).toEqual([
      `red moves to probe, and pack, ship and dock can then be skipped, ${CLOSE}`,
    ]);
  });

  it("moves to an earlier job whose check was red before", () => {
    const before = jobs(job("probe", SOFT), job("ship", "needs: probe"));
    expect(messages(before, without(before))).toEqual([
      `red moves to an earlier job, and ship can then be skipped, ${CLOSE}`,
    ]);
  });

  it("moves to a job that is new", () => {
    const before = jobs(job("ship"));
    expect(messages(before, jobs(job("probe"), job("ship", "needs: probe")))).toEqual([
      `red moves to probe, and ship can then be skipped, ${CLOSE}`,
    ]);
  });
});

describe("a check that is required", () => {
  const before = jobs(job("probe", "", SOFT), job("ship", "needs: probe"), job("dock", "needs: probe"));
  const required = (...checks: readonly string[]): readonly unknown[] =>
    caveats(before, without(before), checks).map((caveat) => caveat.required);

  it("is one of those that can be skipped, and one of those that are required", () => {
    expect(required("ship")).toEqual([true]);
    expect(required("lint", "dock")).toEqual([true]);
    expect(required("lint", "probe")).toEqual([false]);
    expect(required()).toEqual([false]);
  });

  it("is waited for where it is gone", () => {
    const dead = jobs(job("probe"), job("ship", "if: false"), job("dock", "if: false"));
    expect(caveats(dead, jobs(job("probe")), ["ship"])).toEqual([
      {
        kind: "check-gone",
        jobs: ["ship", "dock"],
        required: true,
        message:
          "ship and dock made a check that was always skipped and makes none any more; a required check of that name would be waited for",
      },
    ]);
  });
});

describe("a run that stays green", () => {
  const text = (soft: string, ...others: readonly string[]): string => jobs(job("unit", SOFT, soft), ...others);

  it("is told where only the check of a soft-failed job turns red", () => {
    expect(messages(text(SOFT), text(""))).toEqual([
      "only the check of unit turns red; the run stays green, because the job is soft-failed as well",
    ]);
  });

  it("is none where another job turns the run red", () => {
    expect(messages(text(SOFT, job("other", "", SOFT)), text("", job("other")))).toEqual([]);
  });

  it("is none where nothing bites", () => {
    expect(messages(text(SOFT), text(SOFT))).toEqual([]);
  });
});

describe("what runs more", () => {
  it.each([
    [["unit"], "unit can run where it did not before"],
    [["unit", "lint"], "unit and lint can run where they did not before"],
  ])("%j", (ids, message) => {
    const before = jobs(...ids.map((id) => job(id, "if: false")));
    const after = jobs(...ids.map((id) => job(id, "if: github.ref == 'refs/heads/main'")));
    expect(messages(before, after)).toEqual([message]);
  });
});
