import { fingerprints, type LocatedFinding } from "@ci-fix/register";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlannedWorkflow, workflows, written } from "./planned-workflow.ts";
import { findingsIn } from "./small-codemods.ts";

const file = ".github/workflows/press.yml";

/** The fingerprint of each finding by its message and job, which name it uniquely here. */
function prints(text: string): Readonly<Record<string, string>> {
  return byName(findingsIn({ [file]: text }));
}

function byName(findings: readonly LocatedFinding[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    findings.map(({ finding, fingerprint }) => {
      const job = finding.unit.kind === "job" ? finding.unit : finding.unit.job;
      return [`${job.id}: ${finding.message}`, fingerprint];
    }),
  );
}

const steps = (lines: string): string => `on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
${lines.replaceAll(/^/gmu, "      ")}`;

describe("a fingerprint stays the same", () => {
  test("when jobs stand in another order", () => {
    fc.assert(
      fc.property(
        workflows.chain((plan) => fc.tuple(fc.constant(plan), shuffled(plan))),
        ([plan, other]) => {
          expect(prints(written(other))).toEqual(prints(written(plan)));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("when lines move and comments come and go", () => {
    fc.assert(
      fc.property(workflows, fc.constantFrom("\n", "# a note\n", "\n\n      # two\n"), (plan, filler) => {
        expect(prints(written(plan, filler))).toEqual(prints(written(plan)));
      }),
      { numRuns: 150 },
    );
  });

  test("when steps around it are renamed, added or removed", () => {
    const neighbours = fc.constantFrom("renamed", "removed", "added");
    fc.assert(
      fc.property(workflows, neighbours, (plan, change) => {
        expect(prints(written(plan.map((job) => ({ ...job, steps: around(job.steps, change) }))))).toEqual(
          prints(written(plan)),
        );
      }),
      { numRuns: 150 },
    );
  });

  test("when its script changes but its name does not", () => {
    const step = (script: string): string => steps(`- name: Run tests\n  continue-on-error: true\n  run: ${script}\n`);
    expect(prints(step("pytest -v"))).toEqual(prints(step("pytest -v -s tests")));
  });

  test("when its action is updated", () => {
    const step = (ref: string): string => steps(`- uses: orchard/press@${ref}\n  continue-on-error: true\n`);
    expect(Object.values(prints(step("v4")))).toEqual(Object.values(prints(step("v5"))));
  });

  test("when a step with an id is renamed", () => {
    const step = (name: string): string => steps(`- id: td\n  name: ${name}\n  continue-on-error: true\n  run: make\n`);
    expect(Object.values(prints(step("Do TD")))).toEqual(Object.values(prints(step("Determine targets"))));
  });

  test("when only the options of its shell change", () => {
    const step = (line: string): string => steps(`- continue-on-error: true\n  run: |\n    ${line}\n    make test\n`);
    expect(Object.values(prints(step("set -e")))).toEqual(Object.values(prints(step("set -euo pipefail"))));
  });

  test("when a comment is written into its script", () => {
    const step = (line: string): string => steps(`- continue-on-error: true\n  run: |\n${line}    make test\n`);
    expect(findingsIn({ [file]: step("    # slow\n") })[0]?.fingerprint).toBe(
      findingsIn({ [file]: step("") })[0]?.fingerprint,
    );
  });

  test("on every machine and in every version", () => {
    expect(prints(steps("- name: Run tests\n  continue-on-error: true\n  run: make test\n"))).toEqual({
      'unit: step "Run tests" soft-fails': "0352dad1f8d68c38",
    });
  });
});

describe("a fingerprint tells apart", () => {
  test("all findings of a repository", () => {
    fc.assert(
      fc.property(workflows, (plan) => {
        const text = written(plan);
        const all = findingsIn({ [file]: text, ".github/workflows/other.yml": text });
        expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
        for (const { fingerprint } of all) expect(fingerprint).toMatch(/^[0-9a-f]{16}$/u);
      }),
      { numRuns: 100 },
    );
  });

  test("two steps of one name, by their order in the file, and whatever the order they are given in", () => {
    const twice = "- name: Run tests\n  continue-on-error: true\n  run: make test\n";
    const all = findingsIn({ [file]: steps(twice + twice) });
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(fingerprints([...all].reverse()).toReversed()).toEqual(fingerprints(all));
  });

  test("an id from a name of the same letters", () => {
    const id = prints(steps("- id: press\n  continue-on-error: true\n  run: make\n"));
    const name = prints(steps("- name: press\n  continue-on-error: true\n  run: make\n"));
    expect(Object.values(id)).not.toEqual(Object.values(name));
  });

  test("the classes of one step", () => {
    const all = findingsIn({ [file]: steps("- name: Press\n  if: false\n  continue-on-error: true\n  run: make\n") });
    expect(all.map(({ finding }) => finding.class)).toEqual(["dead-step", "soft-fail-step"]);
    expect(all[0]?.fingerprint).not.toBe(all[1]?.fingerprint);
  });
});

function shuffled(plan: PlannedWorkflow): fc.Arbitrary<PlannedWorkflow> {
  return fc.shuffledSubarray([...plan], { minLength: plan.length, maxLength: plan.length });
}

function around(those: PlannedWorkflow[number]["steps"], change: string): PlannedWorkflow[number]["steps"] {
  if (change === "removed") return those.some(({ soft }) => soft) ? those.filter(({ soft }) => soft) : those;
  if (change === "renamed") return those.map((step) => (step.soft ? step : { ...step, name: `${step.name} again` }));
  return [{ name: "Check out", soft: false }, ...those, { name: "Tidy up", soft: false }];
}
