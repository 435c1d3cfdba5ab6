import { settleFindings, type Finding, type Outcome, type Safety } from "@ci-fix/codemod";
import { clipped } from "@ci-fix/judgement";
import { eachStep, unitName, workflowEdits, type Step, type Workflow } from "@ci-fix/workflow";
import { downloadOf } from "./artifacts.ts";

const input = "if-no-files-found";

/** Uploads that pass without a file, of artifacts that a later job fetches. */
export function findOptionalArtifacts(workflow: Workflow): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow)]);
}

function* judged(workflow: Workflow): Iterable<Finding> {
  for (const step of eachStep(workflow)) {
    const said = step.inputs.get(input)?.trim() ?? "warn";
    if (step.action?.name.toLowerCase() !== "actions/upload-artifact" || said !== "warn") continue;
    const download = downloadOf(step);
    if (download !== undefined) yield findingFor(step, download, workflow);
  }
}

function findingFor(step: Step, download: Step, workflow: Workflow): Finding {
  const outcome = outcomeFor(step, download, workflow);
  const name = unitName(step);
  return {
    class: "artifact-missing-ok",
    severity: "low",
    message: `${name} passes when there is nothing to upload`,
    why: "The job is green, and what is missing shows later in another job, or not at all.",
    change:
      outcome.kind === "skip" ? "" : `${name.charAt(0).toUpperCase()}${name.slice(1)} fails when there is no file.`,
    at: { path: step.path, span: step.item.span },
    unit: step,
    evidence: [
      `job ${download.job.id} fetches it in step "${clipped(download.label, 60)}"${isFetchedByName(download) ? ", which fails without it" : ""}`,
      `it uploads \`${clipped((step.inputs.get("path") ?? "").trim().replaceAll(/\s+/gu, " "), 60)}\``,
    ],
    outcome,
  };
}

function outcomeFor(step: Step, download: Step, workflow: Workflow): Outcome {
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  if (step.aliased || step.job.aliased) return skip("not-representable", "its text stands elsewhere, behind an alias");
  if (step.softFail.kind !== "absent") return skip("no-effect", "the step may fail: that is a risk of its own");
  if (step.condition.constant === false || step.job.condition.constant === false)
    return skip("no-effect", "it never runs");
  const edits = workflowEdits.setInput(step, input, "error");
  if (edits.length === 0) return skip("not-representable", "its inputs stand elsewhere");
  const title = `let ${unitName(step)} fail when there is nothing to upload`;
  return {
    kind: "fix",
    title,
    safety: isFetchedByName(download) ? "review" : safetyOf(step),
    effect: "reveals-failure",
    edits,
  };
}

/** A download by name fails when there is no such artifact: late and elsewhere, but not in silence. */
function isFetchedByName({ inputs }: Step): boolean {
  return (inputs.get("name") ?? "").trim() !== "";
}

/** Where it does not always run, or runs once for each leg, a missing file may be fine. */
function safetyOf({ condition, job }: Step): Safety {
  const isPlain = condition.entry === undefined && job.condition.entry === undefined && job.matrix === undefined;
  return isPlain && !job.steps.some(({ softFail }) => softFail.kind !== "absent") ? "safe" : "review";
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
