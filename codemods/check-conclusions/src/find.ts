import { settleFindings, type Finding, type Outcome } from "@ci-fix/codemod";
import { clipped, delivers, kindOfStep } from "@ci-fix/judgement";
import { localAction, plainPath, workflowEdits, type Job, type Step, type Workflow } from "@ci-fix/workflow";

const follows = "workflow_run";
const stepName = "Fail if the run before did not succeed";

/** Jobs that deliver after another workflow, and ask nowhere how that one went. */
export function findUnchecked(workflow: Workflow): Iterable<Finding> {
  if (!followsCompleted(workflow) || looksAtConclusion(workflow)) return [];
  return settleFindings(
    workflow.file.yaml,
    workflow.jobs.flatMap((job) => findingFor(job, workflow) ?? []),
  );
}

function followsCompleted({ triggers, file }: Workflow): boolean {
  const trigger = triggers.find(({ event }) => event === follows);
  if (trigger === undefined) return false;
  const span = file.yaml.at(trigger.path)?.span;
  const text = span === undefined ? "" : file.yaml.text.slice(span.start, span.end);
  return !trigger.filters.includes("types") || text.includes("completed");
}

const conclusion =
  /(?<!\bsteps\s*\.\s*[\w-]+\s*\.\s*)conclusion|toJSON\(\s*github(?:\.event(?:\.workflow_run)?)?\s*\)/iu;

/**
 * Any word of a conclusion counts but that of a step: in a condition, a script or an input, or anywhere in an action or workflow of the
 * repository that is called from here. A comment in the file asks nothing.
 */
function looksAtConclusion(workflow: Workflow): boolean {
  const { file, repository } = workflow;
  const texts = [withoutComments(file.yaml), ...calledFiles(workflow).map((path) => repository.text(path) ?? "")];
  return texts.some((text) => conclusion.test(text));
}

function withoutComments({ text, comments }: Workflow["file"]["yaml"]): string {
  const ends = [0, ...comments.map(({ span }) => span.end)];
  return ends.map((end, index) => text.slice(end, comments[index]?.span.start)).join("");
}

function calledFiles({ jobs, repository }: Workflow): string[] {
  return jobs.flatMap(({ calls, steps }) => [
    ...(calls?.startsWith("./") === true ? [plainPath(calls) ?? ""] : []),
    ...steps.flatMap(({ action }) => {
      const local = action === undefined ? undefined : localAction(repository, action.name);
      return local === undefined ? [] : [local.path, ...local.programs];
    }),
  ]);
}

function findingFor(job: Job, workflow: Workflow): Finding | undefined {
  const step = job.steps.find((one) => delivers(kindOfStep(one)));
  if (step === undefined || job.condition.constant === false || isForOthers(job)) return undefined;
  const outcome = outcomeFor(job, step, workflow);
  const alone = workflow.triggers.every(({ event }) => event === follows);
  return {
    class: "workflow-run-unchecked",
    severity: "high",
    message: `job ${job.id} delivers although the workflow before it failed`,
    why: "A workflow that follows another one starts when that one has ended, also when it failed or was cancelled.",
    change:
      outcome.kind === "skip" ? "" : `Job ${job.id} fails before it delivers when the run before it did not succeed.`,
    at: { path: job.path, span: job.entry?.keySpan ?? { start: 0, end: 1 } },
    unit: job,
    evidence: [
      `step "${clipped(step.label, 60)}" runs \`${clipped(kindOfStep(step).seen, 60)}\` (${kindOfStep(step).what})`,
      "nothing in the file reads the conclusion of the run before",
      ...(alone ? [] : ["the workflow also starts in other ways, which stay as they are"]),
    ],
    outcome,
  };
}

/** A job whose condition leaves this event out. */
function isForOthers({ condition }: Job): boolean {
  const { text } = condition.parsed;
  return (
    /github\.event_name\s*(?:!=\s*'workflow_run'|==\s*'(?!workflow_run'))/u.test(text) &&
    !/==\s*'workflow_run'/u.test(text)
  );
}

function outcomeFor(job: Job, step: Step, workflow: Workflow): Outcome {
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  if (job.aliased || step.aliased) return skip("not-representable", "its steps stand elsewhere, behind an alias");
  if (job.softFail.kind !== "absent") return skip("no-effect", "the job may fail: that is a risk of its own");
  const condition = workflow.triggers.every(({ event }) => event === follows)
    ? "github.event.workflow_run.conclusion != 'success'"
    : "github.event_name == 'workflow_run' && github.event.workflow_run.conclusion != 'success'";
  const edits = workflowEdits.addFirstStep(job, { name: stepName, condition, script: "exit 1" });
  const title = `let job ${job.id} fail when the run before it did not succeed`;
  if (edits.length === 0) return skip("not-representable", "its steps are no list that can be added to");
  return { kind: "fix", title, safety: "review", effect: "reveals-failure", edits };
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
