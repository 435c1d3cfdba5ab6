import { readWorkflow, type Job, type Step, type Workflow } from "@ci-fix/workflow";

/** The workflow that a text holds. */
export function workflowOf(text: string, path = ".github/workflows/check.yml"): Workflow {
  const read = readWorkflow(path, new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("not a workflow");
  return read.workflow;
}

/** The first step of a job with these steps, written at four blanks. */
export function firstStep(steps: string): Step {
  const step = workflowOf(`on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`).jobs[0]
    ?.steps[0];
  if (step === undefined) throw new Error("no step");
  return step;
}

/** The first job of a workflow with these jobs, written at two blanks. */
export function firstJob(jobs: string): Job {
  const job = workflowOf(`on: push\njobs:\n${jobs}`).jobs[0];
  if (job === undefined) throw new Error("no job");
  return job;
}
