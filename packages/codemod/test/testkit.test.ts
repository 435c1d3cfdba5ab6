import { defineCodemod, type Codemod, type Finding } from "@ci-fix/codemod";
import { noRepository, type Job, type Workflow } from "@ci-fix/workflow";
import type { Applied, Edit } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import {
  checkComments,
  checkContract,
  checkFindings,
  checkNothing,
  checkOnlyDeclared,
  checkOnlySkips,
  checkOutput,
  checkSecondRun,
  checkVariant,
  variantsOfFixture,
} from "../src/testkit/check.ts";
import { expectComments, expectOnlyDeclared } from "../src/testkit/expect-change.ts";
import type { Fixture } from "../src/testkit/fixture.ts";
import { applied, runCodemod } from "../src/testkit/run.ts";

const input = `# Builds the charts.
on: push
jobs:
  chart:
    timeout-minutes: 600 # far too long
    # The slow one.
    runs-on: ubuntu-latest
    steps:
      - run: make chart
`;
const output = input.replace("    timeout-minutes: 600 # far too long\n", "");
const findings = `${JSON.stringify(
  [
    {
      class: "endless-job",
      severity: "low",
      line: 5,
      unit: "job chart",
      message: "job chart may run for ten hours",
      outcome: { kind: "fix", safety: "safe", effect: "reveals-failure", title: "drop the limit" },
    },
  ],
  undefined,
  2,
)}\n`;

const fixture: Fixture = {
  kind: "fix",
  repository: noRepository,
  name: "fix-chart",
  url: new URL("fixtures/fix-chart/", import.meta.url),
  path: ".github/workflows/input.yml",
  input,
  output,
  findings,
};

/** Drops limits of ten hours, rightly unless it is told otherwise. */
function codemod(
  wrong: {
    readonly finding?: Partial<Finding>;
    readonly edits?: (job: Job) => readonly Edit[];
    readonly again?: true;
  } = {},
): Codemod {
  return defineCodemod({
    meta: {
      id: "drop-limits",
      classes: [{ id: "endless-job", severity: "low", summary: "A job that may run for ten hours" }],
      summary: "Drops limits of ten hours",
      invariant: "INV-060",
      runsAfter: [],
      startsFrom: ["timeout-minutes"],
      subject: () => "drop limits",
    },
    *find(workflow: Workflow): Iterable<Finding> {
      for (const job of workflow.jobs) {
        const path = [...job.path, "timeout-minutes"] as unknown as Job["path"];
        const entry = workflow.file.yaml.at(path);
        if (entry === undefined && wrong.again === undefined) continue;
        yield {
          class: "endless-job",
          severity: "low",
          message: `job ${job.id} may run for ten hours`,
          why: "Nobody waits that long.",
          change: "The job stops earlier.",
          at: { path, span: entry?.span ?? { start: 0, end: 1 } },
          unit: job,
          evidence: [],
          outcome: {
            kind: "fix",
            title: "drop the limit",
            safety: "safe",
            effect: "reveals-failure",
            edits: wrong.edits?.(job) ?? [{ kind: "delete", path }],
          },
          ...wrong.finding,
        };
      }
    },
  });
}

const jobPath = (job: Job, key: string): Job["path"] => [...job.path, key] as unknown as Job["path"];

describe("the test kit", () => {
  it("lets a sound codemod pass", () => {
    const sound = codemod();
    for (const check of [checkFindings, checkOutput, checkSecondRun, checkOnlyDeclared, checkComments, checkContract])
      check(sound, fixture);
    for (const variant of variantsOfFixture(fixture)) checkVariant(sound, fixture, variant);
    expect(variantsOfFixture(fixture).map((variant) => variant.name)).toEqual([
      "with CRLF line ends",
      "without a final newline",
      "with a byte order mark",
    ]);
  });

  it("catches another message, class or line", () => {
    expect(() => checkFindings(codemod({ finding: { message: "something else" } }), fixture)).toThrow(
      /findings\.json/u,
    );
    expect(() => checkFindings(codemod({ finding: { severity: "high" } }), fixture)).toThrow(/findings\.json/u);
    expect(() =>
      checkFindings(codemod({ finding: { at: { path: [0], span: { start: 0, end: 1 } } } }), fixture),
    ).toThrow(/findings\.json/u);
  });

  it("catches bytes that nobody asked for", () => {
    const greedy = codemod({
      edits: (job) => [
        { kind: "delete", path: jobPath(job, "timeout-minutes") },
        { kind: "set", path: jobPath(job, "runs-on"), value: "macos-latest" },
      ],
    });
    expect(() => checkOutput(greedy, fixture)).toThrow(/output\.yml/u);
    expect(() => checkOutput(codemod({ edits: () => [] }), fixture)).toThrow(/output\.yml/u);
  });

  it("catches a repair that is found again", () => {
    const restless = codemod({
      again: true,
      edits: (job) => [{ kind: "comment-above", path: jobPath(job, "runs-on"), lines: ["again"] }],
    });
    expect(() => checkSecondRun(restless, fixture)).toThrow(/second run/u);
  });

  it("catches an output that depends on line ends", () => {
    const [crlf] = variantsOfFixture(fixture);
    const blind: Codemod = {
      ...codemod(),
      find: (workflow, policy) => (workflow.file.yaml.text.includes("\r") ? [] : codemod().find(workflow, policy)),
    };
    expect(crlf).toBeDefined();
    expect(() => {
      if (crlf !== undefined) checkVariant(blind, fixture, crlf);
    }).toThrow(/CRLF/u);
  });

  it.each<[RegExp, Partial<Finding>]>([
    [/class of a finding/u, { class: "unheard-of" }],
    [/no full stop/u, { message: "ends with a full stop." }],
    [/lower case/u, { message: "Starts like a sentence" }],
    [/change: a sentence/u, { change: "has no full stop" }],
    [/why/u, { why: "" }],
    [/`change` is empty/u, { change: "" }],
    [/`change` is empty/u, { outcome: { kind: "skip", reason: "handled", message: "but says what changes" } }],
    [/span/u, { at: { path: [0], span: { start: 5, end: 5 } } }],
    [/span/u, { at: { path: [0], span: { start: 5, end: 5000 } } }],
  ])("catches findings that break the contract: %s", (complaint, finding) => {
    expect(() => checkContract(codemod({ finding }), fixture)).toThrow(complaint);
  });

  it("catches a filter that would not let the file through", () => {
    const sound = codemod();
    const unsound = { ...sound, meta: { ...sound.meta, startsFrom: ["retry"] } };
    expect(() => checkContract(unsound, fixture)).toThrow(/startsFrom/u);
  });

  it("catches findings where there should be none, and fixes where there should be skips", () => {
    expect(() => checkNothing(codemod(), fixture)).toThrow(/keep-/u);
    expect(() => checkOnlySkips(codemod(), fixture)).toThrow(/skip-/u);
    expect(() => checkOnlySkips({ ...codemod(), find: () => [] }, fixture)).toThrow(/skip-/u);
  });

  describe("with an editor that does more than it is told", () => {
    const run = runCodemod(codemod(), fixture.path, input);
    const result = applied(run);
    const tampered = (from: string, to: string): Applied => ({ ...result, text: result.text.replace(from, to) });

    it("catches other data", () => {
      expectOnlyDeclared(run, result);
      expect(() => expectOnlyDeclared(run, tampered("ubuntu-latest", "ubuntu-24.04"))).toThrow(
        /only what the edits name/u,
      );
      expect(() => expectOnlyDeclared(run, tampered("on: push\n", ""))).toThrow(/only what the edits name/u);
    });

    it("catches lost, swapped and wrongly reported comments", () => {
      expectComments(run, result);
      expect(() => expectComments(run, tampered("    # The slow one.\n", ""))).toThrow(/The slow one.*is lost/u);
      const swapped = result.text
        .replace("# Builds the charts.", "# Any.")
        .replace("# The slow one.", "# Builds the charts.")
        .replace("# Any.", "# The slow one.");
      expect(() => expectComments(run, { ...result, text: swapped })).toThrow(/is lost/u);
      const misreported = { ...result, removedComments: run.file?.comments ?? [] };
      expect(() => expectComments(run, misreported)).toThrow(/removed outside the edits/u);
    });
  });
});
