import type { Policy } from "@ci-fix/codemod";
import type { Step } from "@ci-fix/workflow";
import { handlerOf, skippedFollowers, verdictHandler } from "./handled.ts";
import { declaredSoft, kindOfName } from "./names.ts";
import { negativeTest } from "./negative-test.ts";
import { firstAfter, stepsThat } from "./once.ts";
import { policyMatch } from "./policy.ts";
import { commentsOf, remarksOn, type Remarks } from "./reason.ts";
import { reportOf } from "./report-step.ts";
import { isRepeat, retryOf } from "./retry.ts";
import { asserts, delivers, kindOfStep, type StepKind } from "./step-kind.ts";
import {
  isAdvisoryJob,
  isStoppedByFailure,
  mostShown,
  runsAnyway,
  runsOnFailure,
  skippedAfterwards,
  unreleasedToolchain,
} from "./surroundings.ts";
import { clipped, explained, skip, type Verdict } from "./verdict.ts";

/** What to do about the soft-fail of a step. The first rule that applies decides. */
export function judgeStep(step: Step, policy: Policy): Verdict {
  const kind = kindOfStep(step);
  return (
    notAtStake(step) ??
    dealtWith(step, kind) ??
    meantToVary(step) ??
    lookedAtLater(step, kind) ??
    byPolicy(step, policy) ??
    byKind(step, kind)
  );
}

function notAtStake(step: Step): Verdict | undefined {
  const { job } = step;
  if (job.condition.constant === false) return skip("no-effect", "its job never runs");
  if (step.condition.constant === false) return skip("no-effect", "the step never runs");
  return undefined;
}

function dealtWith(step: Step, { kind }: StepKind): Verdict | undefined {
  const handler = handlerOf(step, kind === "critical");
  const repeat = kind === "chore" || kind === "best-effort" ? undefined : retryOf(step);
  if (handler !== undefined && (repeat === undefined || handler.by !== repeat)) return skip("handled", handler.how);
  if (handler?.by !== undefined && isRepeat(step, handler.by))
    return skip("retried", `step "${handler.by.label}" tries it again`);
  if (repeat !== undefined) return skip("retried", `step "${repeat.label}" tries it again`);
  const negative = negativeTest(step, commentsOf(step));
  return negative === undefined ? undefined : skip("negative-test", `it fails on purpose: ${negative}`);
}

/** Told by names alone, so that it is asked after what the file says for certain. */
function lookedAtLater(step: Step, { kind }: StepKind): Verdict | undefined {
  const handler = kind === "critical" || kind === "unknown" ? verdictHandler(step) : undefined;
  return handler === undefined ? undefined : skip("handled", handler.how);
}

function meantToVary(step: Step): Verdict | undefined {
  const { softFail, job } = step;
  if (softFail.kind === "expression" && softFail.constant === undefined) {
    return skip("varies", `it depends on \`${clipped(softFail.text.trim(), 60)}\``);
  }
  // A cache or an upload is best effort whatever the toolchain is.
  const tools = kindOfStep(step).kind === "best-effort" ? undefined : unreleasedToolchain(job);
  return tools === undefined ? undefined : advisory(step, `the job uses tools that are not released yet (${tools})`);
}

function byPolicy(step: Step, policy: Policy): Verdict | undefined {
  const match = policyMatch(step, policy);
  if (match === undefined) return undefined;
  const said = `the policy calls "${match.entry}" ${match.kind === "critical" ? "critical" : "best effort"}`;
  return match.kind === "critical" ? critical(step, said) : skip("best-effort", said);
}

function byKind(step: Step, kind: StepKind): Verdict {
  const what = `it runs \`${kind.seen}\` (${kind.what})`;
  if (kind.kind === "critical") {
    if (kind.masked) return skip("no-effect", `its script hides the failure of \`${kind.seen}\` already`);
    if (runsOnFailure(step)) return skip("no-effect", "it only runs once the job has failed");
    const stopped = delivers(kind) ? deliveryAfter(step) : undefined;
    if (stopped !== undefined) return orReason(step, needsPerson(stopped), what);
    return critical(step, what);
  }
  if (runsOnFailure(step)) return skip("best-effort", "it only runs once something failed");
  if (kind.kind === "advisory") return advisory(step, what);
  if (kind.kind === "best-effort" && !isContradicted(step, kind)) return skip("best-effort", what);
  if (runsAnyway(step)) return skip("best-effort", "it runs whatever happened before, to report or to clean up");
  return undecided(step, kind);
}

/**
 * Where a task is called `coverage` and its step a test, nobody knows what the task does; the name that was given here counts. Results that
 * are kept in a file are figures after all.
 */
function isContradicted(step: Step, { byName }: StepKind): boolean {
  return (
    byName === true &&
    kindOfName(step.name)?.kind === "critical" &&
    !/[^>&=-]>{1,2}\s*[\w.$"']/u.test(step.script?.text ?? "")
  );
}

/** The next delivery of the same job, which would not happen if this one failed for real. */
function deliveryAfter(step: Step): Step | undefined {
  const deliveries = openDeliveries(step.job);
  return deliveries[firstAfter(deliveries, step)];
}

const openDeliveries = stepsThat(
  (step) => step.softFail.kind === "absent" && isStoppedByFailure(step) && delivers(kindOfStep(step)),
);

function needsPerson({ label }: Step): Verdict {
  return skip("needs-person", `if it failed for real, step "${clipped(label, 40)}" would not deliver either`);
}

function orReason(step: Step, verdict: Verdict, what: string): Verdict {
  const { reason } = remarksOn(step);
  return reason === undefined ? { ...verdict, evidence: [...verdict.evidence, what] } : explained(reason, what);
}

function critical(step: Step, ...evidence: readonly string[]): Verdict {
  const remarks = remarksOn(step);
  if (remarks.reason !== undefined) return explained(remarks.reason, ...evidence);
  const said = declaredSoft(step.name);
  if (said !== undefined) return skip("advisory", `its name says "${said}"`, ...evidence);
  return fix(step, "high", remarks, evidence);
}

function advisory(step: Step, ...evidence: readonly string[]): Verdict {
  const { reason } = remarksOn(step);
  return reason?.place === "trailing" ? explained(reason, ...evidence) : skip("advisory", evidence.join("; "));
}

/** Neither critical nor best effort by what it runs: reasons, readers and, last, names break the tie. */
function undecided(step: Step, kind: StepKind): Verdict {
  const remarks = remarksOn(step);
  const seen = `it runs \`${kind.seen}\``;
  if (remarks.reason !== undefined) return explained(remarks.reason, seen);
  if (remarks.intent !== undefined)
    return skip("documented", `a comment says that it is meant: "${clipped(remarks.intent.said)}"`, seen);
  const followers = skippedFollowers(step);
  if (kind.kind === "unknown" && followers.length > 0) {
    return fix(step, "high", remarks, [`its result is only read to skip what follows: ${labels(followers)}`, seen]);
  }
  const { named, from } = nameOf(step, kind);
  if (named?.kind === "critical" && (kind.kind !== "chore" || asserts(step))) {
    return fix(step, "high", remarks, [`its name says ${named.says}: "${clipped(from, 60)}"`, seen]);
  }
  if (named?.kind === "best-effort")
    return skip("best-effort", `its name says ${named.says}: "${clipped(from, 60)}"`, seen);
  if (named?.kind === "advisory") return advisory(step, `its name says ${named.says}: "${clipped(from, 60)}"`);
  if (kind.kind === "chore") return skip("best-effort", "it only looks around, moves files or cleans up", seen);
  const isLast = step.index === step.job.steps.length - 1;
  if ((kind.kind === "prepare" || named?.kind === "prepare") && !isLast) {
    return skip("best-effort", "it only prepares: what needs it fails on its own when it is missing", seen);
  }
  if (isAdvisoryJob(step.job)) return advisory(step, `job ${step.job.id} is advisory by nature`);
  return fix(step, "medium", remarks, [`nothing tells what \`${kind.seen}\` is worth, and no reason is written`]);
}

/** The first of the step's own name, its action's and its command's that says something. */
function nameOf(
  step: Step,
  { kind, seen }: StepKind,
): { readonly named: ReturnType<typeof kindOfName>; readonly from: string } {
  const names = [step.name, step.action?.name.split("/").at(-1), kind === "chore" ? undefined : seen.split("/").at(-1)];
  const from = names.find((name) => kindOfName(name) !== undefined) ?? "";
  return { named: kindOfName(from), from };
}

function fix(step: Step, severity: "high" | "medium", remarks: Remarks, evidence: readonly string[]): Verdict {
  return { kind: "fix", severity, safety: "review", evidence: [...evidence, ...consequences(step, remarks)] };
}

function consequences(step: Step, { intent, debt }: Remarks): readonly string[] {
  const facts: string[] = [];
  if (intent !== undefined) facts.push(`the comment on it says what it does, not why: "${clipped(intent.said)}"`);
  else if (debt !== undefined) facts.push(`the comment on it is a debt, not a reason: "${clipped(debt.said)}"`);
  if (step.job.softFail.kind !== "absent")
    facts.push(`job ${step.job.id} may fail as well, so this does not bite before that is fixed`);
  const report = reportOf(step);
  if (report !== undefined) facts.push(`step "${report.label}" hands its results on, and is told to run all the same`);
  const { first, count } = skippedAfterwards(step, report);
  if (count > 0) facts.push(`the steps after it are skipped when it fails: ${labels(first, count)}`);
  return facts;
}

function labels(steps: readonly Step[], count: number = steps.length): string {
  const shown = steps.slice(0, mostShown).map(({ label }) => clipped(label, 40));
  return count > shown.length ? `${shown.join(", ")} and ${count - shown.length} more` : shown.join(", ");
}
