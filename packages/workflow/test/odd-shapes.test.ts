import { eachStep, readWorkflow, unitName, type ReadResult } from "@ci-fix/workflow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { view } from "./view.ts";

const encoder = new TextEncoder();
const read = (text: string): ReadResult => readWorkflow(".github/workflows/odd.yml", encoder.encode(text));

/** Touches everything that is worked out late. */
function summary(text: string): readonly string[] {
  const result = read(text);
  if (!result.ok) return [result.code];
  const { workflow } = result;
  if (workflow === undefined) return ["no workflow"];
  const units = [...workflow.jobs, ...eachStep(workflow)];
  return units.map((unit) => `${unitName(unit)}: ${unit.readers.length} readers`);
}

describe("a file that is no workflow", () => {
  it.each([
    ["nothing", ""],
    ["a byte order mark", "\uFEFF"],
    ["comments alone", "# on: push\n# jobs:\n"],
    ["a scalar", "hello\n"],
    ["a list", "- on\n- jobs\n"],
    ["no jobs", "on: push\nname: x\n"],
    ["jobs of another system", "version: 2\njobs:\n  build: { steps: [] }\n"],
    ["an action in JavaScript", "name: x\nruns: { using: node20, main: index.js }\n"],
  ])("%s", (_what, text) => {
    expect(summary(text)).toEqual(["no workflow"]);
  });

  it("is refused with a code and a line where it cannot be read", () => {
    expect(read("on: push\njobs: {\n")).toMatchObject({ ok: false, code: "CI_FIX_YAML_PARSE_ERROR" });
    const broken = readWorkflow("x.yml", new Uint8Array([0x6f, 0x6e, 0x3a, 0xff]));
    expect(broken).toMatchObject({ ok: false, code: "CI_FIX_INVALID_UTF8" });
    expect(read(`on: push\njobs: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`)).toMatchObject({
      ok: false,
      code: "CI_FIX_YAML_TOO_DEEP",
    });
  });
});

describe("a workflow of odd shape", () => {
  it.each([
    ["jobs as a list", "jobs:\n  - a\n", []],
    ["jobs as null", "jobs:\n", []],
    ["a job as null", "jobs:\n  a:\n", ["job a: 0 readers"]],
    ["a job as a scalar", "jobs:\n  a: run\n", ["job a: 0 readers"]],
    ["steps as a map", "jobs:\n  a: { steps: { run: x } }\n", ["job a: 0 readers"]],
    [
      "null steps",
      "jobs:\n  a:\n    steps:\n      -\n      - ~\n",
      ["job a: 0 readers", 'step "step 1" of job a: 0 readers', 'step "step 2" of job a: 0 readers'],
    ],
    [
      "ids that are numbers",
      "jobs:\n  1: { steps: [{ id: 2, name: 3, run: 4 }] }\n",
      ["job 1: 0 readers", 'step "3" of job 1: 0 readers'],
    ],
    ["needs of nobody", "jobs:\n  a: { needs: [b, {}, [c], null] }\n", ["job a: 0 readers"]],
    [
      "needs in a circle",
      "jobs:\n  a: { needs: b }\n  b: { needs: a, if: needs.a.result }\n",
      ["job a: 1 readers", "job b: 0 readers"],
    ],
    ["keys that are lists", "jobs:\n  ? [a, b]\n  : { steps: [] }\n", undefined],
    ["a key twice", "jobs:\n  a: { if: x }\n  a: { if: y }\n", undefined],
    ["an alias to nothing", "jobs:\n  a: *gone\n", undefined],
    ["an alias to itself", "jobs: &jobs\n  a: *jobs\n", undefined],
  ])("does not crash: %s", (_what, jobs, expected) => {
    const result = summary(`on: push\n${jobs}`);
    if (expected !== undefined) expect(result).toEqual(expected);
    expect(result.length).toBeLessThan(5);
  });

  it("shows steps behind an alias, and says that their text stands elsewhere", () => {
    const workflow = view(`on: push
jobs:
  a:
    runs-on: x
    steps: &steps
      - &first { id: s, run: make }
  b: { runs-on: x, steps: *steps }
  c: { runs-on: x, steps: [*first, { run: "echo \${{ steps.s.outcome }}" }] }
`);
    const shown = [...eachStep(workflow)].map(
      (step) => `${step.job.id} ${step.label} ${step.aliased ? "there" : "here"} ${step.readers.length}`,
    );
    expect(shown).toEqual([
      "a make here 0",
      "b make there 0",
      "c make there 1",
      "c echo ${{ steps.s.outcome }} here 0",
    ]);
  });

  it("follows merge keys", () => {
    const workflow = view(
      "on: push\nx-job: &base { runs-on: windows-2022, continue-on-error: true }\njobs:\n  a:\n    <<: *base\n    steps: [{ run: make }]\n",
    );
    expect(workflow.jobs[0]?.steps[0]?.shell.name).toBe("pwsh");
    expect(workflow.jobs[0]?.softFail).toMatchObject({ kind: "literal", value: true });
  });

  it("never throws, whatever stands where", () => {
    const word = fc.constantFrom(
      "if",
      "needs",
      "steps",
      "run",
      "uses",
      "with",
      "id",
      "shell",
      "strategy",
      "matrix",
      "runs-on",
      "env",
      "outputs",
      "<<",
      "continue-on-error",
      "defaults",
    );
    const scalar = fc.constantFrom<unknown>(
      null,
      true,
      0,
      "",
      "a",
      "${{ false }}",
      "${{ steps.a.outcome }}",
      "${{ toJSON(needs) }}",
      "${{",
      "bash {0}",
      "false && x",
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        scalar,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(word, tie("tree"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("a", "b", "1"), tree),
        fc.constantFrom("jobs", "runs"),
        (units, key) => {
          const text = JSON.stringify(
            key === "jobs"
              ? { on: "push", jobs: units }
              : { runs: { using: "composite", steps: Object.values(units) } },
          );
          expect(summary(text)).not.toContain("no workflow");
        },
      ),
      { numRuns: 300 },
    );
  });
});
