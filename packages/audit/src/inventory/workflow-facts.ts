import type { LocatedFinding } from "@ci-fix/register";
import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { isSilent } from "../facts/finding.ts";
import { unitKey } from "../tree.ts";
import type { FindingFacts, WorkflowFacts } from "../types.ts";
import { baseName } from "../words.ts";
import { workOfCall, workOfStep, type Work } from "./purpose.ts";
import { reachOf, tierOf } from "./reach.ts";
import { signalOf } from "./signal.ts";

/** A finding with its facts. */
export type Judged = readonly [LocatedFinding, FindingFacts];

/** Reasons that say that the failure is not lost. */
const HANDLED: ReadonlySet<string> = new Set(["handled", "retried", "negative-test"]);

/** One line of the inventory. `found` are the findings of this file. */
export function workflowFacts(workflow: Workflow, found: readonly Judged[]): WorkflowFacts {
  const works = workflow.jobs.flatMap((job): Work[] => {
    const call = workOfCall(job);
    return call === undefined ? job.steps.map(workOfStep) : [call];
  });
  const silent = found
    .filter(([located, { state }]) => isSilent(located) && (state === "open" || state === "person"))
    .map(([{ finding }]) => finding.class);
  const handled = new Set(
    found
      .filter(([, { reason }]) => reason !== null && HANDLED.has(reason))
      .map(([{ file, finding }]) => unitKey(file, finding.unit)),
  );
  const isHandled = (unit: Job | Step): boolean => handled.has(unitKey(workflow.file.path, unit));
  const reach = reachOf(workflow);
  const matters = works.some(({ worth }) => worth !== "none");
  return {
    file: workflow.file.path,
    name: workflow.name ?? baseName(workflow.file.path),
    kind: workflow.kind,
    generated: workflow.generated ?? null,
    triggers: workflow.triggers.map(({ event, filters }) => ({ event, filters })),
    reach,
    tier: tierOf(reach, matters, workflow.generated !== undefined),
    purpose: purposesOf(works),
    jobs: workflow.jobs.length,
    steps: workflow.jobs.reduce((sum, { steps }) => sum + steps.length, 0),
    matters,
    critical: works.filter(({ worth }) => worth === "critical").length,
    silent: silent.length,
    ...signalOf(workflow, { silent, isHandled }),
  };
}

/** Most frequent first; what matters before what does not. */
function purposesOf(works: readonly Work[]): readonly string[] {
  const counts = new Map<string, number>();
  const weighed = works.some(({ worth, purpose }) => worth !== "none" && purpose !== "other")
    ? works.filter(({ worth }) => worth !== "none")
    : works;
  for (const { purpose } of weighed) if (purpose !== "other") counts.set(purpose, (counts.get(purpose) ?? 0) + 1);
  const purposes = [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([purpose]) => purpose);
  return purposes.length === 0 ? ["other"] : purposes;
}
