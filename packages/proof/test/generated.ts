import fc from "fast-check";

/** A fix of a workflow that was made up: both sides as text. */
export interface MadeUp {
  readonly before: string;
  readonly after: string;
}

const stepConditions = [
  "",
  "",
  "",
  "always()",
  "failure()",
  "success() || failure()",
  "steps.a.outcome == 'failure'",
  "always() && steps.a.conclusion == 'success'",
  "failure() && steps.b.outcome == 'skipped'",
  "steps.a.outputs.changed == 'yes'",
  "github.ref == 'refs/heads/main'",
  "contains(github.ref, 'tags')",
  "startsWith(github.ref, 'refs/tags/') && matrix.os != 'mac'",
  "always() && contains(steps.*.outcome, 'failure')",
  "fromJSON(github.event.flags).on",
  "env.SKIP != 'yes'",
  "false && github.ref == 'refs/heads/main'",
  "false",
  "!failure() && (inputs.deep == 'yes' || inputs.deep == true)",
  "always() && job.status == 'failure'",
];
const jobConditions = [
  "",
  "",
  "",
  "always()",
  "failure()",
  "github.repository_owner == 'tidewright'",
  "false && github.repository_owner == 'tidewright'",
  "always() && needs.j0.result == 'success'",
  "needs.j0.result == 'failure' || success()",
  "always() && !contains(needs.*.result, 'failure')",
  "always() && contains(join(needs.*.result, ','), 'skipped')",
  "always() && needs.j0.outputs.picked != ''",
  "always() && needs.j0.outputs.picked == 'success'",
  "always() && contains(needs.j0.outputs.picked, 'y')",
  "github.event_name == 'push' && success()",
  "false",
];
const softFails = ["", "", "", "true", "true", "false", "${{ matrix.edge }}", "${{ github.ref != 'refs/heads/main' }}"];
const outputs = [
  "${{ steps.b.outputs.picked }}",
  "${{ steps.a.outputs.picked || steps.b.outputs.picked }}",
  "${{ steps.a.conclusion }}",
  "${{ job.status }}",
  "at ${{ steps.a.outcome }} of ${{ steps.b.outputs.picked }}",
];
const bodies = [
  "run: make one",
  "run: make two",
  "uses: actions/cache@v4",
  "env: { SKIP: '${{ steps.a.conclusion }}' }\n        run: make three",
];

interface Unit {
  readonly condition: string;
  readonly soft: string;
}
interface Step extends Unit {
  readonly body: string;
}
interface Job extends Unit {
  readonly draws: readonly number[];
  readonly matrix: boolean;
  readonly picked: string;
  readonly steps: readonly Step[];
}

const step: fc.Arbitrary<Step> = fc.record({
  condition: fc.constantFrom(...stepConditions),
  soft: fc.constantFrom(...softFails),
  body: fc.constantFrom(...bodies),
});
const job: fc.Arbitrary<Job> = fc.record({
  condition: fc.constantFrom(...jobConditions),
  soft: fc.constantFrom("", "", "", ...softFails),
  draws: fc.array(fc.nat(5), { maxLength: 2 }),
  matrix: fc.boolean(),
  picked: fc.constantFrom(...outputs),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
});

/** Changes at most two conditions or soft-fails of a workflow, and says both. */
export const madeUp: fc.Arbitrary<MadeUp> = fc
  .record({
    jobs: fc.array(job, { minLength: 1, maxLength: 3 }),
    changes: fc.array(fc.record({ job: fc.nat(), step: fc.nat(), soft: fc.boolean(), to: fc.nat() }), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map(({ jobs, changes }) => {
    const after = jobs.map((each) => ({ ...each, steps: [...each.steps] }));
    for (const change of changes) {
      const at = change.job % after.length;
      const held = after[at];
      if (held === undefined) continue;
      const index = change.step % (held.steps.length + 1);
      const inner = held.steps[index];
      const list = change.soft ? softFails : inner === undefined ? jobConditions : stepConditions;
      const edit = { [change.soft ? "soft" : "condition"]: list[change.to % list.length] ?? "" };
      if (inner === undefined) after[at] = { ...held, ...edit };
      else held.steps[index] = { ...inner, ...edit };
    }
    return { before: written(jobs), after: written(after) };
  });

function written(jobs: readonly Job[]): string {
  const lines = jobs.flatMap(({ condition, soft, draws, matrix, picked, steps }, index) => {
    const needs = index === 0 ? [] : [...new Set(draws.map((draw) => `j${draw % index}`))];
    return [
      `  j${index}:`,
      ...(condition === "" ? [] : [`    if: ${condition}`]),
      ...(soft === "" ? [] : [`    continue-on-error: ${soft}`]),
      ...(needs.length === 0 ? [] : [`    needs: [${needs.join(", ")}]`]),
      ...(matrix ? ["    strategy:", "      matrix:", "        os: [linux, mac]", "        edge: [true, false]"] : []),
      "    runs-on: ubuntu-latest",
      "    outputs:",
      `      picked: ${picked}`,
      "    steps:",
      ...steps.flatMap((each, at) => [
        `      - ${each.body}`,
        `        id: ${"abc"[at] ?? "z"}`,
        ...(each.condition === "" ? [] : [`        if: ${quoted(each.condition)}`]),
        ...(each.soft === "" ? [] : [`        continue-on-error: ${each.soft}`]),
      ]),
    ];
  });
  return `on: push\njobs:\n${lines.join("\n")}\n`;
}

function quoted(condition: string): string {
  return condition.startsWith("!") ? `\${{ ${condition} }}` : condition;
}
