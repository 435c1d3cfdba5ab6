import type { Policy, SkipReason } from "@ci-fix/codemod";
import { unitName, type Step } from "@ci-fix/workflow";
import { declaredSoft } from "../names.ts";
import { negativeTest } from "../negative-test.ts";
import { policyMatch } from "../policy.ts";
import { commentsOf } from "../reason.ts";
import { isAdvisoryJob, runsOnFailure, unreleasedToolchain } from "../surroundings.ts";

/** What can be said of a step before its script is looked at. */
export type Standing =
  /** Nothing in it can be a risk. */
  | { readonly kind: "out" }
  | { readonly kind: "skip"; readonly reason: SkipReason; readonly message: string }
  /** `evidence` goes with what is found. */
  | { readonly kind: "open"; readonly evidence: readonly string[] };

/** Whether what a script hides in this step matters at all, by where it stands. The first rule that applies decides. */
export function standingOf(step: Step, policy: Policy): Standing {
  const { job } = step;
  if (job.condition.constant === false || step.condition.constant === false || runsOnFailure(step))
    return { kind: "out" };
  const { generated } = job.workflow;
  if (generated !== undefined)
    return skip("generated", `the file is made by a program (${generated}); change what makes it`);
  const match = policyMatch(step, policy);
  if (match?.kind === "best-effort") return skip("best-effort", `the policy calls "${match.entry}" best effort`);
  const negative = negativeTest(step, commentsOf(step));
  if (negative !== undefined) return skip("negative-test", `it fails on purpose: ${negative}`);
  if (match === undefined) {
    const advisory = advisoryReason(step);
    if (advisory !== undefined) return skip("advisory", advisory);
  }
  if (step.aliased)
    return skip("not-representable", "other steps share its text by an anchor, and a change would reach them as well");
  return { kind: "open", evidence: otherMasks(step) };
}

function advisoryReason(step: Step): string | undefined {
  const said = declaredSoft(step.name);
  if (said !== undefined) return `its name says "${said}"`;
  if (isAdvisoryJob(step.job)) return `${unitName(step.job)} is advisory by nature`;
  const tools = unreleasedToolchain(step.job);
  return tools === undefined ? undefined : `the job uses tools that are not released yet (${tools})`;
}

/** A script that fails shows nothing where its step or job may fail. */
function otherMasks({ softFail, job }: Step): readonly string[] {
  const masks: string[] = [];
  if (softFail.kind !== "absent") masks.push("the step may fail as well, so this does not bite before that is fixed");
  if (job.softFail.kind !== "absent")
    masks.push(`job ${job.id} may fail as well, so this does not bite before that is fixed`);
  return masks;
}

function skip(reason: SkipReason, message: string): Standing {
  return { kind: "skip", reason, message };
}
