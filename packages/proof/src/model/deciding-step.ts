import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { readPaths } from "../variables/tree.ts";
import { decisionsOf, writtenIn } from "../variables/vocabulary.ts";
import { jobData } from "./data.ts";
import { textsOf } from "./given.ts";

/**
 * The step that can stand for a whole job, which is the same on both sides and in which no condition can fail to evaluate: it always
 * runs while all is well, and its failure is never forgiven. The job then can succeed (nothing fails) and can fail (this step alone
 * does) whatever any condition of its steps says, and how it ends is the same on both sides. So nothing is lost by letting the others
 * succeed. Undefined where the steps can see what became of other jobs, where a condition does not parse, and where other jobs
 * decide by an output of this one.
 */
export function decidingStep(job: Job): Step | undefined {
  return job.steps.some(isOpen) || tellsOthers(job, job.workflow) ? undefined : job.steps.find(isDeciding);
}

/** True where a condition of a workflow, of either side, reads an output of the job, or may do so by what others are given. */
export function tellsOthers({ id }: Job, workflow: Workflow): boolean {
  const asked = askedForOutputs(workflow);
  return asked.has(id.toLowerCase()) || asked.has("*");
}

const readings = new WeakMap<Workflow, ReadonlySet<string>>();

/** The jobs whose outputs are read by conditions, or by what conditions can read; `*` for all of them. */
function askedForOutputs(workflow: Workflow): ReadonlySet<string> {
  let found = readings.get(workflow);
  if (found === undefined) {
    const decisions = workflow.jobs.flatMap((job) => [job, ...job.steps]).flatMap(decisionsOf);
    const given = workflow.jobs.flatMap(givenTexts).flatMap(writtenIn);
    const paths = [...decisions, ...given].flatMap(({ tree }) => readPaths(tree));
    found = new Set(
      paths.flatMap(([context, id, property]) =>
        context === "needs" && property === "outputs" && id !== undefined ? [id] : [],
      ),
    );
    readings.set(workflow, found);
  }
  return found;
}

/** What a job gives to others and to its steps. */
function givenTexts(job: Job): readonly string[] {
  const { outputs, env, with: inputs } = jobData(job);
  return [
    ...[outputs, env, inputs].flatMap((data) => textsOf(data, "*")),
    ...job.steps.flatMap((step) => [...step.env.values(), ...step.inputs.values()]),
  ];
}

function isOpen(step: Step): boolean {
  if (step.condition.parsed.form === "invalid") return true;
  return decisionsOf(step).some(({ tree }) => readPaths(tree).some(([context]) => context === "needs"));
}

function isDeciding({ condition, softFail, action }: Step): boolean {
  return condition.parsed.form === "empty" && softFail.kind === "absent" && action?.name.startsWith("./") !== true;
}
