import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { renderScanJson, type ScanJson } from "../src/scan-json.ts";
import { found, kept, matchOf, risk, scanOf } from "./finding-fixture.ts";

const schema: object = JSON.parse(readFileSync(new URL("../schema/scan.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(schema);
const parse = (json: string): ScanJson => JSON.parse(json);

const text = `# größe 测试
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        run: pytest
        continue-on-error: true
`;
const tests = found(text, { at: "continue-on-error: true", step: 0 });
const upload = found(text, {
  at: "run: pytest",
  step: 0,
  outcome: kept("best-effort", "it uploads a report"),
  evidence: ["uses upload-artifact"],
});
const job = found(text.replace("    runs-on", "    continue-on-error: true\n    runs-on"), {
  at: "continue-on-error: true",
});

describe("renderScanJson", () => {
  it("is the documented object", () => {
    const errors = [{ file: "b.yml", code: "CI_FIX_PARSE_ERROR", message: "a tab where blanks are wanted", line: 2 }];
    const json = parse(renderScanJson({ ...scanOf(tests, upload), errors }, matchOf([risk("M03-R04"), tests])));
    const start = Buffer.from(text.slice(0, text.indexOf("        continue-on-error"))).length;
    expect(json).toEqual({
      version: 1,
      root: ".",
      files: 3,
      findings: [
        {
          id: "M03-R04",
          fingerprint: "0123456789abcdef",
          class: "soft-fail-step",
          severity: "high",
          file: ".github/workflows/unit.yml",
          line: 9,
          column: 9,
          job: "unit",
          step: "Run tests",
          message: 'step "Run tests" may fail and the job stays green',
          evidence: ["it runs pytest (line 9)"],
          outcome: {
            kind: "fix",
            safety: "review",
            effect: "reveals-failure",
            reason: null,
            edits: [{ start, end: start + 32, text: "" }],
          },
        },
        {
          id: null,
          fingerprint: "0123456789abcdef",
          class: "soft-fail-step",
          severity: "high",
          file: ".github/workflows/unit.yml",
          line: 8,
          column: 9,
          job: "unit",
          step: "Run tests",
          message: 'step "Run tests" may fail and the job stays green',
          evidence: ["it uploads a report", "uses upload-artifact"],
          outcome: { kind: "skip", safety: "report", effect: null, reason: "best-effort", edits: [] },
        },
      ],
      errors: [{ file: "b.yml", code: "CI_FIX_PARSE_ERROR", message: "a tab where blanks are wanted" }],
    });
  });

  it("gives byte offsets that make the fix when they are spliced into the file", () => {
    const [edit] = parse(renderScanJson(scanOf(tests), matchOf())).findings[0]!.outcome.edits;
    const bytes = Buffer.from(text);
    const spliced = Buffer.concat([
      bytes.subarray(0, edit!.start),
      Buffer.from(edit!.text),
      bytes.subarray(edit!.end),
    ]).toString();
    expect(spliced).toBe(text.replace("        continue-on-error: true\n", ""));
  });

  it("agrees with its JSON Schema", () => {
    const errors = [{ file: "b.yml", code: "CI_FIX_PARSE_ERROR", message: "broken", line: undefined }];
    validate(parse(renderScanJson({ ...scanOf(tests, upload, job), errors }, matchOf([risk("M03-R04"), tests]))));
    expect(validate.errors).toBeNull();
  });

  it.each([
    ["an unknown member", (json: Record<string, unknown>) => ({ ...json, extra: 1 })],
    ["another version", (json: Record<string, unknown>) => ({ ...json, version: 2 })],
    [
      "a skip with an effect",
      (json: Record<string, unknown>) => ({ ...json, findings: [withOutcome(json, { kind: "skip" })] }),
    ],
    [
      "a fix with a reason to skip",
      (json: Record<string, unknown>) => ({ ...json, findings: [withOutcome(json, { reason: "handled" })] }),
    ],
  ])("has a schema that refuses %s", (_what, spoil) => {
    const json: Record<string, unknown> = JSON.parse(renderScanJson(scanOf(tests), matchOf()));
    expect(validate(spoil(json))).toBe(false);
  });

  it("names no step for a job, and no job for a composite action", () => {
    const action = found(
      "runs:\n  using: composite\n  steps:\n    - run: pytest\n      shell: bash\n      continue-on-error: true\n",
      { at: "continue-on-error: true", step: 0, file: "action.yml" },
    );
    const [ofJob, ofAction] = parse(renderScanJson(scanOf(job, action), matchOf())).findings;
    expect([ofJob!.job, ofJob!.step]).toEqual(["unit", null]);
    expect([ofAction!.job, ofAction!.step]).toEqual([null, "pytest"]);
  });

  it("shows no control or bidi character to a terminal, and keeps the value", () => {
    const located = found(text, { at: "continue-on-error: true", step: 0, message: "a\u009b31m \u202eb" });
    const json = renderScanJson(scanOf(located), matchOf());
    expect(json.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u202e/u);
    expect(parse(json).findings[0]!.message).toBe("a\u009b31m \u202eb");
  });
});

function withOutcome(json: Record<string, unknown>, change: object): object {
  const [first] = json["findings"] as { outcome: object }[];
  return { ...first, outcome: { ...first!.outcome, ...change } };
}
