import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { carriedDeferrals } from "../src/records/carried.ts";
import { planRecord } from "../src/records/plan.ts";
import { readRecord } from "../src/records/read.ts";
import type { DeferredEntry, FullAudit, MilestoneRecord } from "../src/types.ts";

const schema = JSON.parse(readFileSync(new URL("../schema/milestone.schema.json", import.meta.url), "utf8")) as object;
const isValid = new Ajv2020({ strict: true }).compile(schema);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (from: Uint8Array): string => new TextDecoder().decode(from);

const scores = { invariants: 4, compat: null, arch: 5, ci: 4.5, sec: 4.1, tests: 5, dx: 1.7, docs: 4, overall: 4 };

const entry: DeferredEntry = {
  id: "M04-V01",
  issue: "Verify upstream",
  discovered: "M04",
  deferredTo: "Upstream PR",
  reason: "skipped on a fork",
  blocker: false,
  exitCriteria: "it is seen: `x` fails # really",
  status: "open",
  isNew: true,
  fingerprint: null,
};

/** As much of an audit as a record keeps. */
function facts(parts: Partial<FullAudit> = {}): FullAudit {
  const milestone = "M04";
  return {
    mode: "full",
    milestone,
    title: "Fix it",
    date: "2026-02-08",
    commit: "a".repeat(40),
    scores: { rows: [{ milestone, title: null, scores, from: "now" }], working: [], movement: [] },
    deferred: [entry],
    ...parts,
  } as unknown as FullAudit;
}

const options = { schema: "milestone.schema.json" };

describe("the record of a milestone", () => {
  const first = planRecord(undefined, facts(), options);

  it("lies in the folder of records, and its schema knows it", () => {
    expect(first.path).toBe(".ci-fix/milestones/M04.yml");
    expect([isValid(load(text(first.bytes))), isValid.errors]).toEqual([true, null]);
  });

  it("reads back as it was meant", () => {
    const { milestone, title, date, scores: read, deferred } = readRecord(first.path, first.bytes);
    expect({ milestone, title, date, read }).toEqual({
      milestone: "M04",
      title: "Fix it",
      date: "2026-02-08",
      read: scores,
    });
    expect(deferred).toMatchObject([{ id: "M04-V01", exitCriteria: entry.exitCriteria, status: "open" }]);
  });

  it("is the same the second time", () => {
    expect(text(planRecord(first.bytes, facts(), options).bytes)).toBe(text(first.bytes));
  });

  it("keeps comments, layout and the words of a person; sets scores and appends what is new", () => {
    const old = `# ours
version: 1
milestone: M04
scores:   # by the rubric
  ci: 1.0   # was bad
deferred:

  # asked twice
  - id: M04-V01
    issue: our words
    deferred-to: "next year"
    reason: r
    exit-criteria: e
`;
    const now = text(planRecord(bytes(old), facts({ deferred: [entry, { ...entry, id: "PRE-001" }] }), options).bytes);
    expect(now).toContain("# ours\nversion: 1\nmilestone: M04\n");
    expect(now).toContain("  ci: 4.5   # was bad\n");
    expect(now).toContain('  # asked twice\n  - id: M04-V01\n    issue: our words\n    deferred-to: "next year"\n');
    expect(now).toMatch(/\n {2}- id: PRE-001\n/);
    expect(isValid(load(now))).toBe(true);
  });

  it.each([
    ["version: 2\nmilestone: M04\n", ":1:"],
    ["version: 1\nmilestone: M04\nscores: { ci: 9 }\n", ":3:"],
    ["version: 1\nmilestone: M04\ndeferred:\n  - id: A\n", ":4:"],
    ["version: 1\nmilestone: M04\nlog: [{ item: a, type: b, status: c }]\n", ":3:"],
    ["version: 1\nmilestone: M04\nscore: {}\n", ":3:"],
    ["version: 1\nmilestone: [\n", ":"],
  ])("names the line of what is wrong in %j", (wrong, line) => {
    expect(() => readRecord("M04.yml", bytes(wrong))).toThrow(
      expect.objectContaining({
        code: "CI_FIX_RECORD_INVALID",
        message: expect.stringContaining(`M04.yml${line}`) as string,
      }),
    );
  });

  it("refuses a milestone that is no file name", () => {
    expect(() => planRecord(undefined, facts({ milestone: "../../x" }), options)).toThrow(
      expect.objectContaining({ code: "CI_FIX_MILESTONE_INVALID" }),
    );
  });
});

describe("what records carry on", () => {
  const record = (milestone: string, ...deferred: MilestoneRecord["deferred"]): MilestoneRecord =>
    ({ milestone, deferred, invariants: [], log: [] }) as unknown as MilestoneRecord;
  const deferral = { ...entry, fingerprint: undefined };

  it("names the milestone that found it, and the newest word on it", () => {
    const records = [record("M03", deferral), record("M04", { ...deferral, status: "closed" })];
    expect(carriedDeferrals(records, "M04")).toMatchObject([{ discovered: "M03", status: "closed", isNew: false }]);
  });

  it("leaves later milestones out", () => {
    expect(carriedDeferrals([record("M05", deferral)], "M04")).toEqual([]);
  });

  it("takes M9 for older than M10", () => {
    expect(carriedDeferrals([record("M9", deferral)], "M10")).toHaveLength(1);
  });
});
