import type { Finding, Outcome } from "@ci-fix/codemod";
import { delivers, isAdvisoryJob, kindOfStep } from "@ci-fix/judgement";
import { workflowEdits, type Edit, type Job } from "@ci-fix/workflow";
import { behaviourOf } from "./behaviour.ts";
import { isGate } from "./gate.ts";
import { leftAlone } from "./left-alone.ts";
import { after } from "./repair.ts";
import { looksAtSome, spanOf } from "./skipping.ts";

/** A gate that works, and passes although a job failed that it does not gather. */
export function incomplete(gate: Job): Finding | undefined {
  const { on } = behaviourOf(gate);
  const passed = looksAtSome(gate) ? passedOver(gate) : [];
  if (on.failure !== "red" && passed.length === 0) return undefined;
  const hidden = passed.length > 0 ? [] : behindSkipped(gate);
  const apart = passed.length > 0 ? [] : notGathered(gate);
  const missing = [...passed, ...hidden, ...apart];
  if (missing.length === 0) return undefined;
  const outcome = outcomeFor(gate, missing);
  const names = listed(missing);
  return {
    class: "gate-incomplete",
    severity: "high",
    message: `gate ${gate.id} passes although ${names} failed`,
    why: "Whoever trusts the gate believes that all of them passed.",
    change: outcome.kind === "skip" ? "" : `Gate ${gate.id} is red when ${names} fails.`,
    at: spanOf(gate),
    unit: gate,
    evidence: [
      ...passed.map(({ id }) => `it waits for ${id} and does not look at its result`),
      ...hidden.map(
        (job) => `when ${job.id} fails, ${listed(waiting(gate, job))} is skipped, which the gate lets pass`,
      ),
      ...apart.map((job) => `job ${job.id} tests or builds, and is not behind the gate`),
    ],
    outcome,
  };
}

/** Jobs that it waits for without looking at how they went. */
function passedOver(gate: Job): readonly Job[] {
  const { of } = behaviourOf(gate);
  const ids = gate.needs.ids.filter((id) => of(id.toLowerCase(), "failure") === "green");
  return jobsNamed(gate, ids).filter(({ softFail }) => softFail.kind === "absent");
}

/** Jobs before those that it gathers, whose failure only skips these. */
function behindSkipped(gate: Job): readonly Job[] {
  const behaviour = behaviourOf(gate);
  const needed = new Set(gate.needs.ids.map((id) => id.toLowerCase()));
  const before = ancestors(gate).filter(({ id }) => !needed.has(id.toLowerCase()));
  return before.filter((job) => {
    const skipped = waiting(gate, job);
    const isRed = skipped.some(({ id }) => behaviour.of(id.toLowerCase(), "skipped") === "red");
    return (
      skipped.length > 0 &&
      !isRed &&
      job.softFail.kind === "absent" &&
      skipped.every(({ id }) => behaviour.of(id.toLowerCase(), "skipped") === "green")
    );
  });
}

/** Those that the gate gathers and that are skipped once this one failed. */
function waiting(gate: Job, failed: Job): readonly Job[] {
  return jobsNamed(gate, gate.needs.ids).filter((job) => isSkippedAfter(job, failed));
}

function isSkippedAfter(job: Job, failed: Job): boolean {
  return job.condition.implicitSuccess && ancestors(job).includes(failed);
}

/** Jobs that always run, test or build something, and have nothing to do with the only gate of the file. */
function notGathered(gate: Job): readonly Job[] {
  const { jobs } = gate.workflow;
  if (gate.condition.constant !== true || jobs.filter(isGate).length > 1) return [];
  const before = new Set(ancestors(gate));
  const critical = jobs.filter((job) => job !== gate && alwaysRuns(job) && matters(job));
  const missing = critical.filter((job) => !before.has(job) && !ancestors(job).includes(gate));
  return missing.length * 3 <= critical.length ? missing : [];
}

function alwaysRuns(job: Job): boolean {
  return [job, ...ancestors(job)].every(
    ({ condition, softFail }) => condition.entry === undefined && softFail.kind === "absent",
  );
}

function matters(job: Job): boolean {
  if (isAdvisoryJob(job) || job.steps.some((step) => delivers(kindOfStep(step)))) return false;
  return job.steps.some((step) => {
    const { kind, masked } = kindOfStep(step);
    return kind === "critical" && !masked && step.condition.entry === undefined && step.softFail.kind === "absent";
  });
}

function ancestors(job: Job): readonly Job[] {
  const found = new Set<Job>();
  const pending = [...jobsNamed(job, job.needs.ids)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...jobsNamed(job, next.needs.ids));
  }
  return [...found];
}

function jobsNamed({ workflow }: Job, ids: readonly string[]): readonly Job[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return workflow.jobs.filter(({ id }) => wanted.has(id.toLowerCase()));
}

function outcomeFor(gate: Job, missing: readonly Job[]): Outcome {
  const kept = leftAlone(gate);
  if (kept !== undefined) return kept;
  const isNeeded = missing.every(({ id }) => gate.needs.ids.includes(id));
  const title = `let gate ${gate.id} ${isNeeded ? "look at the result of" : "gather"} ${listed(missing)}`;
  const edits = isNeeded ? [] : missing.flatMap(({ id }): readonly Edit[] => workflowEdits.addNeed(gate, id));
  const now = edits.length < missing.length ? undefined : after(gate, edits);
  const isClosed = now !== undefined && missing.every(({ id }) => now.of(id.toLowerCase(), "failure") === "red");
  if (!isClosed) return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
  return { kind: "fix", title, safety: "review", effect: "may-block-merge", edits };
}

function listed(jobs: readonly Job[]): string {
  const ids = jobs.map(({ id }) => id);
  return ids.length < 2 ? ids.join("") : `${ids.slice(0, -1).join(", ")} or ${ids.at(-1) ?? ""}`;
}
