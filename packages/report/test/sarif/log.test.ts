import { scanBytes } from "@ci-fix/runner";
import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import type { ClassPage } from "../../src/class-page.ts";
import { renderSarif, type SarifOptions } from "../../src/sarif/log.ts";
import { found, kept, matchOf, risk, scanOf } from "../finding-fixture.ts";
import { validate } from "./schema.ts";

const text = `# größe 😀
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        run: pytest
        continue-on-error: true
`;
const pages: readonly ClassPage[] = [
  {
    class: "soft-fail-step",
    codemod: "strip-soft-fail",
    severity: "high",
    summary: "A step that matters may fail, and the run stays green.",
    text: "Removes soft-fails.\n\n## Why is this a risk?\n\nNobody sees `red` where\n[all is green](https://ci.example).\n\nMore.\n",
  },
  { class: "dead-job", codemod: "drop-dead-jobs", severity: "medium", summary: "A job that never runs", text: "None." },
];
const options: SarifOptions = { version: "1.2.3", pages, date: "2026-02-08" };
const at = { at: "continue-on-error: true", step: 0 };
const tests = found(text, at);

function logOf(...[scan, match, more]: [...Parameters<typeof renderSarif>]): Log {
  const log: unknown = JSON.parse(renderSarif(scan, match, more));
  if (!validate(log)) throw new Error(JSON.stringify(validate.errors, null, 1));
  return log;
}
function runOf(...told: Parameters<typeof renderSarif>): Run & { results: Result[] } {
  const [run] = logOf(...told).runs;
  return { ...run!, results: run!.results! };
}

describe("renderSarif", () => {
  it("tells a finding with its rule, place, fingerprint and fix", () => {
    const { results } = runOf(scanOf(tests), matchOf([risk("M03-R04"), tests]), options);
    const start = Buffer.from(text.slice(0, text.indexOf("        continue-on-error"))).length;
    const artifactLocation = { uri: ".github/workflows/unit.yml", uriBaseId: "%SRCROOT%" };
    expect(results).toEqual([
      {
        ruleId: "soft-fail-step",
        ruleIndex: 0,
        kind: "fail",
        level: "error",
        message: {
          text:
            'step "Run tests" may fail and the job stays green. A failing test is not seen by anyone. ' +
            "Fix: remove the soft-fail. Next: ci-fix --risk M03-R04",
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation,
              region: { startLine: 9, startColumn: 9, endLine: 9, endColumn: 32 },
            },
          },
        ],
        partialFingerprints: { "ciFix/v1": "0123456789abcdef" },
        fixes: [
          {
            description: { text: "remove the soft-fail (review it first)" },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: {
                      startLine: 9,
                      startColumn: 1,
                      endLine: 10,
                      endColumn: 1,
                      byteOffset: start,
                      byteLength: 32,
                    },
                  },
                ],
              },
            ],
          },
        ],
        properties: {
          id: "M03-R04",
          severity: "high",
          safety: "review",
          effect: "reveals-failure",
          evidence: ["it runs pytest (line 9)"],
        },
      },
    ]);
  });

  it("names the tool and describes a rule as code scanning wants it", () => {
    const { tool, columnKind } = runOf(scanOf(), matchOf(), options);
    expect(columnKind).toBe("utf16CodeUnits");
    expect([tool.driver.name, tool.driver.version]).toEqual(["ci-fix", "1.2.3"]);
    expect(tool.driver.rules?.map(({ id, name }) => [id, name])).toEqual([
      ["soft-fail-step", "SoftFailStep"],
      ["dead-job", "DeadJob"],
    ]);
    const full = "A step that matters may fail, and the run stays green. Nobody sees red where all is green.";
    expect(tool.driver.rules?.[0]).toMatchObject({
      shortDescription: { text: "A step that matters may fail, and the run stays green" },
      fullDescription: { text: full },
      help: { text: `${full}\n\nIn full: ci-fix explain soft-fail-step`, markdown: pages[0]!.text },
      defaultConfiguration: { level: "error" },
      properties: {
        tags: ["ci", "github-actions", "strip-soft-fail"],
        precision: "high",
        "problem.severity": "error",
      },
    });
  });

  it.each([
    ["critical", "error"],
    ["high", "error"],
    ["medium", "warning"],
    ["low", "note"],
  ] as const)("gives a %s finding the level %s", (severity, level) => {
    const { results } = runOf(scanOf(found(text, { ...at, severity })), matchOf(), options);
    expect(results[0]!.level).toBe(level);
  });

  it("counts columns in UTF-16 units and bytes in bytes", () => {
    const flow = "on: push\njobs: { unit: { name: '😀ü', steps: [{ run: pytest, continue-on-error: true }] } }\n";
    const located = found(flow, at);
    const { results } = runOf(scanOf(located), matchOf(), options);
    const [region] = results[0]!.locations!.map(({ physicalLocation }) => physicalLocation!.region!);
    expect(flow.split("\n")[region!.startLine! - 1]!.slice(region!.startColumn! - 1, region!.endColumn! - 1)).toBe(
      at.at,
    );
    const [{ deletedRegion } = { deletedRegion: {} }] = results[0]!.fixes![0]!.artifactChanges[0]!.replacements;
    const { byteOffset = 0, byteLength = 0, startColumn = 0, endColumn = 0 } = deletedRegion;
    const bytes = Buffer.from(flow).subarray(byteOffset, byteOffset + byteLength);
    expect(bytes.toString()).toBe(flow.split("\n")[1]!.slice(startColumn - 1, endColumn - 1));
    expect(bytes.toString()).toContain(at.at);
  });

  it("keeps the fingerprint when the lines move", () => {
    const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };
    const results = [text, `# one\n# more\n${text}`].map((each) => {
      const { findings } = scanBytes(".github/workflows/unit.yml", Buffer.from(each), { policy });
      return runOf(scanOf(...findings), matchOf(), options).results[0]!;
    });
    expect(results[0]!.partialFingerprints).toEqual(results[1]!.partialFingerprints);
    const lines = results.map(({ locations }) => locations![0]!.physicalLocation!.region!.startLine);
    expect(lines).toEqual([9, 11]);
  });

  it("suppresses what the register accepts or defers, with the reason, and not what has expired", () => {
    const [accepted, deferred, expired] = [found(text, at), found(text, at), found(text, at)];
    const match = matchOf(
      [risk("M03-R01", { status: "accepted", justification: "by design", owner: "ada" }), accepted],
      [risk("M03-R02", { status: "deferred", exitCriteria: "clang 18 builds" }), deferred],
      [risk("M03-R03", { status: "accepted", justification: "for now", expires: "2026-01-01" }), expired],
    );
    const { results } = runOf(scanOf(accepted, deferred, expired), match, options);
    expect(results.map(({ properties, suppressions }) => [properties!["id"], suppressions])).toEqual([
      ["M03-R03", undefined],
      [
        "M03-R01",
        [
          {
            kind: "external",
            status: "accepted",
            justification: "by design",
            properties: { status: "accepted", owner: "ada" },
          },
        ],
      ],
      [
        "M03-R02",
        [
          {
            kind: "external",
            status: "accepted",
            justification: "until clang 18 builds",
            properties: { status: "deferred" },
          },
        ],
      ],
    ]);
  });

  it("tells what is kept only when it is asked for, and never as a failure", () => {
    const upload = found(text, { ...at, outcome: kept("best-effort", "it uploads a report") });
    const generated = found(text, { ...at, outcome: kept("generated", "make writes this file") });
    expect(runOf(scanOf(upload, generated), matchOf(), options).results).toEqual([]);
    const { results } = runOf(scanOf(upload, generated), matchOf(), { ...options, verbose: true });
    expect(results.map(({ kind, level, fixes }) => [kind, level, fixes])).toEqual([
      ["pass", "none", undefined],
      ["review", "none", undefined],
    ]);
  });

  it("offers no fix that only a person can decide", () => {
    const { outcome } = tests.finding;
    if (outcome.kind !== "fix") throw new Error("the fixture has a fix");
    const { results } = runOf(
      scanOf(found(text, { ...at, outcome: { ...outcome, safety: "report" } })),
      matchOf(),
      options,
    );
    expect(results[0]).not.toHaveProperty("fixes");
  });

  it("holds the fix that many findings share only so many times", () => {
    const { outcome } = tests.finding;
    const { results } = runOf(
      scanOf(...Array.from({ length: 30 }, () => found(text, { ...at, outcome }))),
      matchOf(),
      options,
    );
    expect(results.filter(({ fixes }) => fixes !== undefined)).toHaveLength(20);
  });

  it("tells files that could not be read, each as an error of the run", () => {
    const errors = [{ file: "a b.yml", code: "CI_FIX_PARSE_ERROR", message: "a tab", line: 2 }];
    const { invocations, tool } = runOf({ ...scanOf(tests), errors }, matchOf(), options);
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            descriptor: { id: "CI_FIX_PARSE_ERROR" },
            level: "error",
            message: { text: "a tab" },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "a%20b.yml", uriBaseId: "%SRCROOT%" },
                  region: { startLine: 2 },
                },
              },
            ],
          },
        ],
      },
    ]);
    expect(tool.driver.notifications).toEqual([{ id: "CI_FIX_PARSE_ERROR" }]);
  });

  it("leaves out the least severe beyond what code scanning takes, and says how many", () => {
    const many = Array.from({ length: 25_001 }, () => tests);
    const low = found(text, { ...at, severity: "low" });
    const { runs }: Log = JSON.parse(renderSarif(scanOf(low, ...many), matchOf(), options));
    expect(runs[0]!.results).toHaveLength(25_000);
    expect(runs[0]!.results!.every(({ level }) => level === "error")).toBe(true);
    expect(runs[0]!.invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^2 results are left out/);
  });

  it.each(["[click](https://evil.example)", "\u202egpj.exe", "a\n::error::b", "##[error]x"])(
    "shows %j as it is written, in a message as in a path",
    (evil) => {
      const file = `.github/workflows/${evil}: 50%?#.yml`;
      const located = found(text, { ...at, message: `step "${evil}" may fail`, file, evidence: [evil] });
      const json = renderSarif(scanOf(located), matchOf(), options);
      expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]|##\[|\]\(https:\/\/evil/u);
      const log: Log = JSON.parse(json);
      expect(validate(log)).toBe(true);
      const { uri } = log.runs[0]!.results![0]!.locations![0]!.physicalLocation!.artifactLocation!;
      expect(decodeURIComponent(uri!)).toBe(file);
      expect(new URL(uri!, "file:///r/").pathname).toBe(`/r/${uri}`);
    },
  );
});
