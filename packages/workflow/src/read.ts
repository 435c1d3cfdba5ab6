import { openYaml, type Refusal, type YamlMap } from "@ci-fix/yaml-editor";
import { generatedBy } from "./generated.ts";
import { compositeJob, jobOf } from "./job.ts";
import { asMap, entryOf, mapOf, textOf } from "./nodes.ts";
import { noRepository } from "./repository.ts";
import { triggersOf } from "./triggers.ts";
import type { Job, ReadResult, RepositoryView, Workflow, WorkflowFile } from "./types.ts";

/**
 * Reads a CI file. `path` is relative to the repository's root and only tells names. `repository` is what its workflow may look into.
 * Never throws for bad input: a file that cannot be opened gives a code and a message, one that is no workflow gives none.
 */
export function readWorkflow(path: string, bytes: Uint8Array, repository: RepositoryView = noRepository): ReadResult {
  const opened = openYaml(bytes);
  if (!opened.ok) return unreadable(opened.refusals[0]);
  const root = asMap(opened.file.documents[0]);
  return {
    ok: true,
    workflow: root === undefined ? undefined : workflowOf({ path, yaml: opened.file }, repository, root),
  };
}

function workflowOf(file: WorkflowFile, repository: RepositoryView, root: YamlMap): Workflow | undefined {
  const jobs: Job[] = [];
  const described = {
    file,
    repository,
    system: "github-actions",
    name: textOf(root, "name"),
    jobs,
    generated: generatedBy(file.path, file.yaml),
  } as const;
  if (isWorkflow(root)) {
    const workflow: Workflow = { ...described, kind: "workflow", triggers: triggersOf(root) };
    for (const entry of mapOf(root, "jobs")?.entries ?? [])
      if (entry.key !== "<<") jobs.push(jobOf(workflow, root, entry));
    return workflow;
  }
  const runs = entryOf(root, "runs");
  if (runs === undefined || textOf(asMap(runs.value), "using") !== "composite") return undefined;
  const workflow: Workflow = { ...described, kind: "composite-action", triggers: [] };
  jobs.push(compositeJob(workflow, runs));
  return workflow;
}

function isWorkflow(root: YamlMap): boolean {
  return entryOf(root, "jobs") !== undefined && (entryOf(root, "on") ?? entryOf(root, "true")) !== undefined;
}

/** `parse-error` becomes `CI_FIX_YAML_PARSE_ERROR`; encodings are no matter of YAML. */
function unreadable(refusal: Refusal | undefined): ReadResult {
  const code = (refusal?.code ?? "parse-error").toUpperCase().replaceAll("-", "_");
  return {
    ok: false,
    code: refusal?.code === "invalid-utf8" ? `CI_FIX_${code}` : `CI_FIX_YAML_${code}`,
    message: refusal?.message ?? "The file cannot be read",
    line: refusal?.at?.line,
  };
}
