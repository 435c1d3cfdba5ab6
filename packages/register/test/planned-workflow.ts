import fc from "fast-check";

/** A workflow before it is written: enough of one to shuffle jobs, move lines and rename steps. */
export interface PlannedStep {
  readonly name: string;
  readonly soft: boolean;
}
export interface PlannedJob {
  readonly id: string;
  readonly steps: readonly PlannedStep[];
}
export type PlannedWorkflow = readonly PlannedJob[];

const step = fc.record({
  name: fc.constantFrom(
    "Fetch the crates",
    "Press",
    "Run tests",
    "Weigh",
    "Label: big",
    "- Wash",
    "Say “done” 🍏",
    "Upload",
  ),
  soft: fc.boolean(),
});
const job = fc.record({
  id: fc.constantFrom("press", "unit", "lint", "nightly", "deploy"),
  steps: fc.uniqueArray(step, { minLength: 1, maxLength: 5, selector: ({ name }) => name }),
});

/** Job ids differ, and step names differ within a job. */
export const workflows: fc.Arbitrary<PlannedWorkflow> = fc.uniqueArray(job, {
  minLength: 1,
  maxLength: 4,
  selector: ({ id }) => id,
});

/** The text of a workflow. `filler` is written before each step and each job. */
export function written(workflow: PlannedWorkflow, filler = ""): string {
  const jobs = workflow.map(
    ({ id, steps }) => `${filler}  ${id}:\n    runs-on: ubuntu-24.04\n    steps:\n${steps.map(stepText).join(filler)}`,
  );
  return `on: push\njobs:\n${jobs.join("")}`;
}

function stepText({ name, soft }: PlannedStep): string {
  return `      - name: ${JSON.stringify(name)}\n${soft ? "        continue-on-error: true\n" : ""}        run: make all\n`;
}
