import { readWorkflow, type Workflow } from "@ci-fix/workflow";

/** The workflow that a text holds. */
export function workflowOf(text: string, path = ".github/workflows/check.yml"): Workflow {
  const read = readWorkflow(path, new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("not a workflow");
  return read.workflow;
}
