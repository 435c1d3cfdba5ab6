import { readWorkflow, type Job, type Step, type Workflow } from "@ci-fix/workflow";
import { applyEdits, type Edit } from "@ci-fix/yaml-editor";

const encoder = new TextEncoder();

export function view(text: string, path = ".github/workflows/test.yml"): Workflow {
  const read = readWorkflow(path, encoder.encode(text));
  if (!read.ok) throw new Error(`${read.code}: ${read.message}`);
  if (read.workflow === undefined) throw new Error("no workflow");
  return read.workflow;
}

export function jobNamed(workflow: Workflow, id: string): Job {
  const job = workflow.jobs.find((each) => each.id === id);
  if (job === undefined) throw new Error(`no job ${id}`);
  return job;
}

/** The steps of a workflow with one job. */
export function stepsOf(text: string): readonly Step[] {
  const indented = text.replaceAll(/^/gmu, "      ");
  return view(`on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`).jobs[0]?.steps ?? [];
}

export function edited(workflow: Workflow, edits: readonly Edit[]): string {
  const result = applyEdits(workflow.file.yaml, edits);
  return result.ok ? result.text : `refused: ${result.refusals.map((refusal) => refusal.code).join(", ")}`;
}
