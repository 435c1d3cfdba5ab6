import { editsOf } from "@ci-fix/codemod";
import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/drop-dead-jobs";
import { readWorkflow } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Result = "success" | "failure" | "skipped";

/** What a condition can see. */
interface Sight {
  /** All that it waits for, through others too. */
  readonly ancestors: readonly Result[];
  /** All that it names in its needs. */
  readonly needs: readonly Result[];
}

/** A condition as it is written, and what it means. */
interface Condition {
  readonly text: string | undefined;
  readonly holds: (sight: Sight) => boolean;
}

const success = ({ ancestors }: Sight): boolean => ancestors.every((result) => result === "success");
const failure = ({ ancestors }: Sight): boolean => ancestors.includes("failure");

const conditions: readonly Condition[] = [
  { text: undefined, holds: success },
  { text: "false", holds: () => false },
  { text: "${{ false }}", holds: () => false },
  { text: "always()", holds: () => true },
  { text: "failure()", holds: failure },
  { text: "success() || failure()", holds: (sight) => success(sight) || failure(sight) },
  { text: "always() && success()", holds: success },
  { text: "always() && !contains(needs.*.result, 'failure')", holds: ({ needs }) => !needs.includes("failure") },
  { text: "always() && contains(needs.*.result, 'success')", holds: ({ needs }) => needs.includes("success") },
  { text: "always() && contains(needs.*.result, 'skipped')", holds: ({ needs }) => needs.includes("skipped") },
  { text: "always() && join(needs.*.result) == 'success'", holds: ({ needs }) => needs.join(",") === "success" },
];

interface Job {
  readonly condition: Condition;
  /** Numbers of earlier jobs. */
  readonly needs: readonly number[];
}

const jobs = fc
  .array(fc.record({ condition: fc.constantFrom(...conditions), draws: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 2,
    maxLength: 7,
  })
  .map((drawn): Job[] =>
    drawn.map(({ condition, draws }, index) => ({
      condition,
      needs: index === 0 ? [] : [...new Set(draws.map((draw) => draw % index))],
    })),
  );

function written(all: readonly Job[]): string {
  const lines = all.flatMap(({ condition, needs }, index) => [
    `  j${index}:`,
    ...(condition.text === undefined ? [] : [`    if: ${condition.text}`]),
    ...(needs.length === 0
      ? []
      : [`    needs: ${needs.length === 1 ? `j${needs[0] ?? 0}` : `[${needs.map((need) => `j${need}`).join(", ")}]`}`]),
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - run: make",
    "",
  ]);
  return `on: push\njobs:\n${lines.join("\n")}`;
}

/** The result of each job that is there, when those in `red` fail if they run. */
function results(all: readonly Job[], present: ReadonlySet<number>, red: number): ReadonlyMap<number, Result> {
  const found = new Map<number, Result>();
  const ancestors = new Map<number, ReadonlySet<number>>();
  for (const [index, { condition, needs }] of all.entries()) {
    if (!present.has(index)) continue;
    const direct = needs.filter((need) => present.has(need));
    const behind = new Set(direct.flatMap((need) => [need, ...(ancestors.get(need) ?? [])]));
    ancestors.set(index, behind);
    const of = (numbers: Iterable<number>): Result[] => [...numbers].map((number) => found.get(number) ?? "skipped");
    const runs = condition.holds({ ancestors: of(behind), needs: of(direct) });
    found.set(index, runs ? ((red >> index) & 1 ? "failure" : "success") : "skipped");
  }
  return found;
}

/** What is left of the text after all fixes. */
function fixed(text: string): string {
  const read = readWorkflow(".github/workflows/ci.yml", new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("no workflow");
  const edits = editsOf([...codemod.find(read.workflow, testPolicy)]);
  if (edits.length === 0) return text;
  const applied = applyEdits(read.workflow.file.yaml, edits);
  if (!applied.ok) throw new Error(applied.refusals[0]?.message);
  return applied.text;
}

function jobsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const read = readWorkflow(".github/workflows/ci.yml", new TextEncoder().encode(text));
  return new Map((read.ok ? read.workflow?.jobs : undefined)?.map((job) => [job.id, job.needs.ids]));
}

describe("any workflow, after its dead jobs are gone", () => {
  it("gives every job that is left the same result in every run, and removes only what never ran", () => {
    let removals = 0;
    fc.assert(
      fc.property(jobs, (all) => {
        const left = jobsIn(fixed(written(all)));
        const everyone = new Set(all.keys());
        const present = new Set([...everyone].filter((index) => left.has(`j${index}`)));
        for (const needs of left.values())
          for (const need of needs) expect(left.has(need), `${need} is needed but gone`).toBe(true);
        expect(present.size).toBeGreaterThan(0);
        removals += everyone.size - present.size;
        for (let red = 0; red < 2 ** all.length; red++) {
          const before = results(all, everyone, red);
          const after = results(all, present, red);
          for (const index of everyone)
            expect(present.has(index) ? after.get(index) : "skipped", `j${index} in ${red.toString(2)}`).toBe(
              before.get(index),
            );
        }
      }),
      { numRuns: 200 },
    );
    expect(removals).toBeGreaterThan(40);
  });
});
