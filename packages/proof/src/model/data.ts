import type { Job, Workflow } from "@ci-fix/workflow";

export type Mapping = Readonly<Record<string, unknown>>;

const documents = new WeakMap<Workflow, unknown>();

/** A file's plain data, read once. */
export function dataOf(workflow: Workflow): Mapping {
  if (!documents.has(workflow)) documents.set(workflow, workflow.file.yaml.toJS(0));
  return mapping(documents.get(workflow));
}

/** The plain data of a job. */
export function jobData(job: Job): Mapping {
  return mapping(mapping(dataOf(job.workflow)["jobs"])[job.id]);
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is no mapping has no entries. */
export function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}
