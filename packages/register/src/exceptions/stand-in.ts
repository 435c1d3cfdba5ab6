import { noRepository, readWorkflow, type Job, type Step, type Workflow } from "@ci-fix/workflow";
import type { YamlFile, YamlItem } from "@ci-fix/yaml-editor";

const EMPTY = "runs: { using: composite, steps: [{ run: 'true', shell: bash }] }\n";

/** A unit without a name, for a finding about a place of a file that belongs to no job. */
export function standInJob(workflow: Workflow): Job {
  const read = readWorkflow("action.yml", new TextEncoder().encode(EMPTY));
  const job = read.ok ? read.workflow?.jobs[0] : undefined;
  if (job === undefined) throw new Error("the stand-in is no workflow");
  return { ...job, workflow, path: [0] };
}

/** An item of a list that is no step, called by a name; for a finding about an entry of the register. */
export function standInStep(workflow: Workflow, name: string, item: YamlItem): Step {
  const job = standInJob(workflow);
  const [step] = job.steps;
  if (step === undefined) throw new Error("the stand-in has no step");
  return { ...step, job, id: undefined, name, label: name, path: item.path, item };
}

/** A file of YAML seen as a workflow without jobs, so that findings can be located in it. */
export function standInWorkflow(path: string, yaml: YamlFile): Workflow {
  return {
    file: { path, yaml },
    repository: noRepository,
    system: "github-actions",
    kind: "workflow",
    name: undefined,
    triggers: [],
    jobs: [],
    generated: undefined,
  };
}
