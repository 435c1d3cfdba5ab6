import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { deadJobs } from "../tree.ts";
import type { Sentence, SignalStrength } from "../types.ts";
import { count, listed, named } from "../words.ts";
import { workOfCall, workOfStep } from "./purpose.ts";

/** What the colour of a workflow is worth, and the rule of docs/audit.md that decided. */
export interface Signal {
  readonly strength: SignalStrength;
  readonly rule: string;
  readonly why: Sentence;
}

/** What is known of the units of a workflow besides what its file says. */
export interface Known {
  /** The class of each finding that hides a failure. */
  readonly silent: readonly string[];
  /** True for a unit whose failure something later acts on: its soft-fail hides nothing. */
  readonly isHandled: (unit: Job | Step) => boolean;
}

/** The first rule that applies decides. */
export function signalOf(workflow: Workflow, { silent, isHandled }: Known): Signal {
  const dead = deadJobs(workflow);
  const live = workflow.jobs.filter((job) => !dead.has(job));
  if (workflow.kind === "workflow" && workflow.triggers.length === 0) {
    return { strength: "disabled", rule: "S1", why: "Nothing starts it: it has no trigger." };
  }
  if (live.length === 0) {
    const jobs = workflow.jobs.length === 1 ? "Its only job" : `All ${workflow.jobs.length} jobs`;
    return { strength: "disabled", rule: "S2", why: `${jobs} can never run.` };
  }
  const work = live.flatMap((job) => worksOf(job, isHandled));
  const seen = work.filter(({ hidden }) => !hidden);
  if (work.length === 0) {
    return {
      strength: "cosmetic",
      rule: "S3",
      why: "Nothing in it must be seen when it fails: it prepares, reports or remarks.",
    };
  }
  if (seen.length === 0) {
    return {
      strength: "cosmetic",
      rule: "S4",
      why: `All that matters in it may fail without notice: ${listed(
        work.map(({ label }) => named(label)),
        3,
      )}.`,
    };
  }
  if (silent.length > 0) {
    const classes = [...new Set(silent)].map(named);
    return { strength: "weak", rule: "S5", why: `${count(silent.length, "finding")} in it: ${listed(classes)}.` };
  }
  if (!work.some(({ worth }) => worth === "critical")) return untold(work);
  const hidden = work.length - seen.length;
  const besides =
    hidden === 0 ? "" : `; ${count(hidden, "more is", "more are")} soft-failed for a written or evident reason`;
  return {
    strength: "strong",
    rule: "S7",
    why: `A failure of ${seen.length === 1 ? "its one unit that matters" : `any of its ${seen.length} units that matter`} turns the run red${besides}.`,
  };
}

function untold(work: readonly Unit[]): Signal {
  const names = listed(
    work.map(({ label }) => named(label)),
    2,
  );
  return {
    strength: "weak",
    rule: "S6",
    why: `What it runs tells nothing of its worth (${names}); no failure of it is hidden.`,
  };
}

interface Unit {
  readonly label: string;
  readonly worth: "critical" | "unknown";
  readonly hidden: boolean;
}

/** The units of a job whose failure should be seen. */
function worksOf(job: Job, isHandled: Known["isHandled"]): readonly Unit[] {
  const call = workOfCall(job);
  const soft = isSoft(job.softFail) && !isHandled(job);
  if (call !== undefined) return [{ label: job.id, worth: "critical", hidden: soft }];
  return job.steps.flatMap((step) => {
    const { worth } = workOfStep(step);
    if (worth === "none" || step.condition.constant === false) return [];
    return [{ label: step.label, worth, hidden: soft || (isSoft(step.softFail) && !isHandled(step)) }];
  });
}

function isSoft(softFail: Job["softFail"]): boolean {
  return softFail.kind === "literal" ? softFail.value : softFail.kind === "expression" && softFail.constant !== false;
}
