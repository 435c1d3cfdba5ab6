import { isDisabledGuard } from "@ci-fix/codemod";
import type { Expression } from "@ci-fix/expression";
import type { Condition, Job, Workflow } from "@ci-fix/workflow";
import { inFileOrder, needed } from "./job-index.ts";

/** Why a job never runs: `root` – its own condition is never true; `dependent` – it waits for the success of one that never runs. */
export type Fate = "root" | "dependent";

/** Jobs that can never run, in file order. A job that another repair brings back is not among them. */
export function deadJobs(workflow: Workflow): ReadonlyMap<Job, Fate> {
  const fates = new Map<Job, Fate>();
  for (const job of workflow.jobs) if (neverRuns(job.condition)) fates.set(job, "root");
  // The set grows while it is walked: those that die with a dependent die as well.
  for (const [dead] of fates) {
    for (const dependent of dead.dependents) {
      if (!fates.has(dependent) && dependent.condition.constant !== false && needsSuccess(dependent.condition))
        fates.set(dependent, "dependent");
    }
  }
  return new Map(workflow.jobs.flatMap((job) => (fates.has(job) ? [[job, fates.get(job) ?? "root"] as const] : [])));
}

const written = /false|False|FALSE/u;
const answers = new WeakMap<Condition, boolean>();

/** True for a condition that a written `false` keeps from ever being true, unless it is a real condition that was switched off. */
export function neverRuns(condition: Condition): boolean {
  if (condition.constant !== false) return false;
  let answer = answers.get(condition);
  if (answer === undefined) {
    answer = written.test(condition.parsed.text) && !isDisabledGuard(condition);
    answers.set(condition, answer);
  }
  return answer;
}

/** True if the condition is false as soon as something that was waited for did not succeed; being skipped is not success. */
export function needsSuccess(condition: Condition): boolean {
  const { tree } = condition.parsed;
  return condition.implicitSuccess || (tree !== undefined && implies(tree));
}

function implies(tree: Expression): boolean {
  if (tree.kind === "group") return implies(tree.inner);
  if (tree.kind === "call") return tree.name.toLowerCase() === "success" && tree.args.length === 0;
  if (tree.kind !== "binary") return false;
  if (tree.operator === "&&") return implies(tree.left) || implies(tree.right);
  return tree.operator === "||" && implies(tree.left) && implies(tree.right);
}

/** Dead jobs that can only go together, because one needs the other. Each group, and the groups among themselves, in file order. */
export function clusters(fates: ReadonlyMap<Job, Fate>): readonly (readonly Job[])[] {
  const left = new Set(fates.keys());
  const found: (readonly Job[])[] = [];
  for (const first of fates.keys()) {
    if (!left.delete(first)) continue;
    const cluster = new Set([first]);
    // The set grows while it is walked.
    for (const job of cluster) {
      for (const near of [...job.dependents, ...needed(job)]) if (left.delete(near)) cluster.add(near);
    }
    found.push(inFileOrder(cluster));
  }
  return found;
}
