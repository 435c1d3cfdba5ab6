import type { Job, Workflow } from "@ci-fix/workflow";
import { isSoft } from "../full/taxonomy.ts";
import { deadJobs } from "../tree.ts";
import type { GraphJob, JobGraph } from "../types.ts";
import { isCi, type Range } from "./range.ts";

/** The jobs of every touched workflow, on both sides. */
export function graphsOf({ files, before, after }: Pick<Range, "files" | "before" | "after">): readonly JobGraph[] {
  return files
    .filter((file) => isCi(file) && file.surface === "workflow")
    .map(({ file, from }) => graphOf(file, before.tree.workflows.get(from ?? file), after.tree.workflows.get(file)));
}

function graphOf(file: string, before: Workflow | undefined, after: Workflow | undefined): JobGraph {
  const [old, now] = [textsOf(before), textsOf(after)];
  return {
    file,
    before: before === undefined ? null : jobsOf(before),
    after: after === undefined ? null : jobsOf(after),
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now].filter(([id, text]) => old.has(id) && old.get(id) !== text).map(([id]) => id),
  };
}

function textsOf(workflow: Workflow | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id, entry } of workflow?.jobs ?? []) {
    const { start = 0, end = 0 } = entry?.span ?? {};
    texts.set(id, workflow?.file.yaml.text.slice(start, end) ?? "");
  }
  return texts;
}

function jobsOf(workflow: Workflow): readonly GraphJob[] {
  const dead = deadJobs(workflow);
  return workflow.jobs.map((job) => graphJob(job, dead.has(job)));
}

function graphJob(job: Job, dead: boolean): GraphJob {
  return {
    id: job.id,
    name: job.name ?? null,
    needs: job.needs.ids,
    condition: job.condition.entry === undefined ? null : job.condition.parsed.text.trim(),
    calls: job.calls ?? null,
    softFail: isSoft(job),
    dead,
    matrix: job.matrix !== undefined,
    steps: job.steps.length,
  };
}
