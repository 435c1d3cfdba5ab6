import type { Policy } from "@ci-fix/codemod";
import type { Job, Step } from "@ci-fix/workflow";
import { revealingJob } from "./artifacts.ts";
import type { Kind } from "./kind.ts";
import { kindOfName } from "./names.ts";
import { expectsError } from "./negative-test.ts";
import { policyMatch } from "./policy.ts";
import { remarksOn } from "./reason.ts";
import { asserts, kindOfStep } from "./step-kind.ts";
import { isAdvisoryJob, runsAnyway, runsOnFailure, unreleasedLeg, unreleasedToolchain } from "./surroundings.ts";
import { clipped, explained, skip, type Verdict } from "./verdict.ts";

/** What to do about the soft-fail of a whole job. The first rule that applies decides. */
export function judgeJob(job: Job, policy: Policy): Verdict {
  if (job.condition.constant === false) return skip("no-effect", "the job never runs");
  return dealtWith(job) ?? meantToVary(job) ?? byPolicy(job, policy) ?? byWork(job);
}

function dealtWith(job: Job): Verdict | undefined {
  const teller = job.steps.find((step) => runsOnFailure(step) && tells(step));
  if (teller !== undefined) return skip("handled", `step "${teller.label}" tells people when it failed`);
  const failing = job.steps.find(expectsError);
  if (failing !== undefined) return skip("meant-to-fail", `step "${failing.label}" is told to expect an error`);
  const revealing = revealingJob(job);
  return revealing === undefined
    ? undefined
    : skip("handled", `its failure comes to light in job ${revealing.id}, which needs the artifact it uploads`);
}

const telling =
  /slack|discord|telegram|teams|mattermost|mail|notify|notification|create-an-issue|issue|pagerduty|opsgenie|webhook|zulip|matrix-/iu;

function tells({ name, action, script }: Step): boolean {
  return (
    telling.test(action?.name ?? "") ||
    (script !== undefined && (telling.test(name ?? "") || /\bgh issue create\b/u.test(script.text)))
  );
}

function meantToVary(job: Job): Verdict | undefined {
  const { softFail, matrix } = job;
  if (softFail.kind === "expression" && softFail.constant === undefined) {
    return skip("varies", `it depends on \`${clipped(softFail.text.trim(), 60)}\``);
  }
  if (isAdvisoryJob(job)) return advisory(job, "the job's name says that it is advisory by nature");
  const tools = unreleasedToolchain(job);
  if (tools !== undefined) return advisory(job, `the job uses tools that are not released yet (${tools})`);
  return matrix?.dynamic === true ? orReason(job, skip("varies", "its matrix comes from an expression")) : undefined;
}

function byPolicy(job: Job, policy: Policy): Verdict | undefined {
  const match = policyMatch(job, policy);
  if (match === undefined) return undefined;
  const said = `the policy calls "${match.entry}" ${match.kind === "critical" ? "critical" : "best effort"}`;
  return match.kind === "critical" ? orReason(job, fix(job, said)) : skip("best-effort", said);
}

function byWork(job: Job): Verdict {
  const named = kindOfName(job.name ?? job.id);
  if (named?.kind === "best-effort" && job.condition.parsed.hasStatusFunction) {
    return skip("best-effort", `its name says ${named.says}, and it runs whatever happened before`);
  }
  const work = job.steps.filter((step) => !runsOnFailure(step)).map((step) => ({ step, ...workOf(step) }));
  const found = work.find(({ kind }) => kind === "critical");
  if (found !== undefined) return orReason(job, fix(job, `step "${found.step.label}" ${found.says}`));
  const unknowns = work.filter(({ kind }) => kind === "unknown");
  const unknown = unknowns.find(({ step }) => step.script !== undefined) ?? unknowns[0];
  if (unknown !== undefined) return orReason(job, fix(job, `step "${unknown.step.label}" does work of its own`));
  const scan = work.find(({ kind }) => kind === "advisory");
  if (scan !== undefined) return advisory(job, `step "${scan.step.label}" ${scan.says}`);
  return skip("best-effort", work.length === 0 ? "the job has no steps" : "every step of the job is best effort");
}

function workOf(step: Step): { readonly kind: Kind; readonly says: string } {
  const { kind, what, seen, masked } = kindOfStep(step);
  const says = `runs \`${seen}\` (${what})`;
  if (masked) return { kind: "chore", says };
  if (kind !== "unknown" && kind !== "prepare" && kind !== "chore") return { kind, says };
  const named = kindOfName(step.name);
  if (kind === "unknown" || (named?.kind === "critical" && (kind === "prepare" || asserts(step)))) {
    const worth = runsAnyway(step) && named?.kind !== "critical" ? "best-effort" : (named?.kind ?? kind);
    return { kind: worth, says: named === undefined ? says : `says ${named.says}` };
  }
  return { kind, says };
}

function advisory(job: Job, evidence: string): Verdict {
  return orReason(job, skip("advisory", evidence));
}

const noReason = "no reason is written";

/** A written reason weighs more than any guess. */
function orReason(job: Job, verdict: Verdict): Verdict {
  const { reason, intent, debt } = remarksOn(job);
  if (reason !== undefined) return explained(reason, ...verdict.evidence.slice(0, 1));
  if (verdict.kind !== "fix") return verdict;
  if (intent !== undefined)
    return {
      ...verdict,
      evidence: [...verdict.evidence, `the comment on it says what it does, not why: "${clipped(intent.said)}"`],
    };
  if (debt === undefined) return verdict;
  return {
    ...verdict,
    evidence: [...verdict.evidence, `the comment on it is a debt, not a reason: "${clipped(debt.said)}"`],
  };
}

function fix(job: Job, why: string): Verdict {
  const needed = job.dependents.map(({ id }) => id);
  const evidence = [why, noReason];
  const unreleased = unreleasedLeg(job);
  if (unreleased !== undefined) evidence.push(`one leg of its matrix may be meant alone: ${unreleased}`);
  if (needed.length > 0)
    evidence.push(`jobs that need it ran although it failed, and are skipped then: ${needed.join(", ")}`);
  return {
    kind: "fix",
    severity: "high",
    safety: job.matrix !== undefined && needed.length === 0 && unreleased === undefined ? "safe" : "review",
    evidence,
  };
}
