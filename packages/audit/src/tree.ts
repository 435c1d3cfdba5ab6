import type { LocatedFinding, RegisterMatch } from "@ci-fix/register";
import type { ScanError } from "@ci-fix/runner";
import { readWorkflow, type Job, type Unit, type Workflow } from "@ci-fix/workflow";

/** The CI of a repository at one moment, read and judged. */
export interface Tree {
  /** Null outside of a repository. */
  readonly commit: string | null;
  /** The bytes of every CI file that could be read, by path. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Those that are workflows or composite actions, by path, in order. */
  readonly workflows: ReadonlyMap<string, Workflow>;
  readonly findings: readonly LocatedFinding[];
  readonly match: RegisterMatch;
  readonly errors: readonly ScanError[];
  /** Every path of the tree; undefined where it is in no repository. */
  readonly paths: ReadonlySet<string> | undefined;
}

/** Reads every file. A scan does not parse what cannot hold a finding, so files that cannot be read are added to its errors. */
export function treeOf(parts: Omit<Tree, "workflows">): Tree {
  const workflows = new Map<string, Workflow>();
  const errors = [...parts.errors];
  for (const [path, bytes] of [...parts.contents].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const read = readWorkflow(path, bytes);
    if (read.ok && read.workflow !== undefined) workflows.set(path, read.workflow);
    else if (!read.ok && !errors.some(({ file }) => file === path)) {
      errors.push({ file: path, code: read.code, message: read.message, line: read.line });
    }
  }
  return { ...parts, workflows, errors };
}

/** Tells units of one file apart, also between two readings of the same bytes. */
export function unitKey(file: string, unit: Unit): string {
  return `${file}\n${JSON.stringify(unit.path)}`;
}

/** The jobs of a workflow that can never run: by their own condition, or because they wait for one that cannot. */
export function deadJobs(workflow: Workflow): ReadonlySet<Job> {
  const dead = new Set(workflow.jobs.filter(({ condition }) => condition.constant === false));
  const byId = new Map(workflow.jobs.map((job) => [job.id.toLowerCase(), job]));
  for (let size = -1; size !== dead.size;) {
    size = dead.size;
    for (const job of workflow.jobs) {
      const waits = job.needs.ids.some((id) => {
        const needed = byId.get(id.toLowerCase());
        return needed !== undefined && dead.has(needed);
      });
      if (waits && (job.condition.entry === undefined || job.condition.implicitSuccess)) dead.add(job);
    }
  }
  return dead;
}
