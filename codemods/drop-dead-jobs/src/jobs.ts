import type { Finding, Outcome, Policy } from "@ci-fix/codemod";
import { workflowEdits, type Job, type Workflow } from "@ci-fix/workflow";
import { clusters, type Fate } from "./fate.ts";
import { needed } from "./job-index.ts";
import { LiveJobs, type Refusal } from "./live.ts";
import { meantDead } from "./meant.ts";
import { conditionText, list, noteFor } from "./note.ts";
import { changeOf, deletion, generatedRefusal, placeOf } from "./outcome.ts";
import { reasonOf, waits, whatItWaitsFor } from "./reason.ts";

const mostFollowers = 12;

/** The findings for jobs that can never run: one for each, those that go together with one outcome. */
export function* findDeadJobs(
  workflow: Workflow,
  fates: ReadonlyMap<Job, Fate>,
  policy: Policy,
): IterableIterator<Finding> {
  const live = new LiveJobs(new Set(fates.keys()));
  for (const cluster of clusters(fates)) {
    const outcome = outcomeFor(workflow, cluster, fates, live, policy);
    const followers = followersIn(cluster);
    const together = new Set(cluster);
    for (const job of cluster)
      yield fates.get(job) === "root" ? rootFinding(job, followers, outcome) : dependentFinding(job, together, outcome);
  }
}

/** The one finding for a workflow without a job that can run. */
export function findWholeFile(workflow: Workflow, fates: ReadonlyMap<Job, Fate>): readonly Finding[] {
  const jobs = [...fates.keys()];
  const root = jobs.find((job) => fates.get(job) === "root");
  if (root === undefined) return [];
  const message = `every job of ${workflow.file.path} is switched off; whether the file should go is for a person to decide`;
  const finding = rootFinding(root, followersIn(jobs), { kind: "skip", reason: "whole-file", message });
  return [{ ...finding, severity: "medium", message: wholeMessage(jobs.length) }];
}

function outcomeFor(
  workflow: Workflow,
  cluster: readonly Job[],
  fates: ReadonlyMap<Job, Fate>,
  live: LiveJobs,
  policy: Policy,
): Outcome {
  const refusal = generatedRefusal(workflow) ?? clusterRefusal(cluster);
  if (refusal !== undefined) return { kind: "skip", ...refusal };
  const released = live.release(new Set(cluster));
  if ("reason" in released) return { kind: "skip", ...released };
  const roots = cluster.filter((job) => fates.get(job) === "root");
  const note = noteFor(cluster, roots, policy);
  const deletions = cluster.flatMap((job, index) => workflowEdits.removeUnit(job, index === 0 ? note : []));
  const title = `delete ${cluster.length === 1 ? "job" : "jobs"} ${list(cluster.map((job) => job.id))}, leaving a note`;
  return deletion(title, [...deletions, ...released]);
}

function clusterRefusal(cluster: readonly Job[]): Refusal | undefined {
  for (const job of cluster) {
    const meant = meantDead(job);
    if (meant !== undefined) return { reason: "meant-to-fail", message: `job ${job.id} is meant not to run: ${meant}` };
    if (waits(job)) return { reason: "needs-person", message: `job ${job.id} ${whatItWaitsFor(job)}` };
    if (job.aliased) return { reason: "not-representable", message: `job ${job.id} is written behind an alias` };
    if (job.readers.some((reader) => reader.job === job)) {
      return {
        reason: "read-elsewhere",
        message: `the outputs of job ${job.id} are outputs of the whole workflow, for its callers`,
      };
    }
  }
  return undefined;
}

/** The jobs of a cluster that could run if the others did, in words; undefined for none. */
function followersIn(cluster: readonly Job[]): string | undefined {
  const ids = cluster.flatMap((job) => (job.condition.constant === false ? [] : [job.id]));
  const shown =
    ids.length > mostFollowers ? [...ids.slice(0, mostFollowers), `${ids.length - mostFollowers} more`] : ids;
  return ids.length === 0 ? undefined : list(shown);
}

function rootFinding(job: Job, followers: string | undefined, outcome: Outcome): Finding {
  return {
    class: "dead-job",
    severity: followers === undefined ? "medium" : "high",
    message: `job ${job.id} can never run: \`${conditionText(job)}\` is never true`,
    why: "A job that never runs checks nothing, but it stands in the file as if it did, and a skipped check counts as passed.",
    change: changeOf(
      outcome,
      `Job ${job.id} was skipped in every run, so no run changes; its skipped check is no longer reported.`,
    ),
    at: placeOf(job),
    unit: job,
    evidence: evidenceOf(job, followers),
    outcome,
  };
}

function dependentFinding(job: Job, cluster: ReadonlySet<Job>, outcome: Outcome): Finding {
  const causes = needed(job).filter((other) => cluster.has(other));
  const names = list(causes.map((cause) => cause.id));
  const entry = job.needs.entry;
  return {
    class: "dead-needs",
    severity: "medium",
    message: `job ${job.id} can never run: it waits for the success of ${names}, which never ${causes.length === 1 ? "runs" : "run"}`,
    why: "A job behind one that never runs is skipped in silence, and a skipped check counts as passed.",
    change: changeOf(
      outcome,
      `Job ${job.id} was skipped in every run, so no run changes; its skipped check is no longer reported.`,
    ),
    at: entry === undefined ? placeOf(job) : { path: entry.path, span: entry.span },
    unit: job,
    evidence: [`it needs ${names} and has no always() or !cancelled() of its own`],
    outcome,
  };
}

function wholeMessage(jobs: number): string {
  return jobs === 1
    ? "the only job of the workflow can never run"
    : `none of the ${jobs} jobs of the workflow can ever run`;
}

function whatNeverRuns(job: Job): string {
  if (job.calls !== undefined) return `it would call ${job.calls}`;
  return job.steps.length === 1 ? "its only step never runs" : `its ${job.steps.length} steps never run`;
}

function evidenceOf(job: Job, followers: string | undefined): readonly string[] {
  const reason = reasonOf(job);
  return [
    whatNeverRuns(job),
    ...(reason === undefined ? [] : [`its comment says "${reason}"`]),
    ...(followers === undefined ? [] : [`${followers} can never run because of it`]),
  ];
}
