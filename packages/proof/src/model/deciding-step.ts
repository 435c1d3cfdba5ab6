import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { readPaths } from "../variables/tree.ts";
import { decisionsOf, writtenIn, type Written } from "../variables/vocabulary.ts";
import { jobData } from "./data.ts";
import { environmentOf, textsOf } from "./given.ts";

/**
 * The step that can stand for a whole job, which is the same on both sides and in which no condition can fail to evaluate: it always
 * runs while all is well, and its failure is never forgiven. The job then can succeed (nothing fails) and can fail (this step alone
 * does) whatever any condition of its steps says, and how it ends is the same on both sides. So nothing is lost by letting the others
 * succeed. Undefined where the steps can see what became of other jobs, by what they are given too, where a condition does not parse, and
 * where other jobs decide by an output of this one.
 */
export function decidingStep(job: Job, isCalled: boolean): Step | undefined {
  const contexts = isCalled ? OF_CALLER : OF_OTHERS;
  const given = [...environmentOf(job, "*"), ...givenTexts(job)].flatMap(writtenIn);
  const isTold = given.some((each) => readsAny(each, contexts));
  const isOpen = job.steps.some((step) => canSeeOthers(step, contexts, isTold));
  return isOpen || tellsOthers(job, job.workflow) ? undefined : job.steps.find(isDeciding);
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

/** What holds results of other jobs. */
const OF_OTHERS: ReadonlySet<string> = new Set(["needs"]);
/** What may hold them in a called workflow. */
const OF_CALLER: ReadonlySet<string> = new Set(["needs", "inputs"]);

function readsAny({ tree }: Written, contexts: ReadonlySet<string>): boolean {
  return readPaths(tree).some(([context = ""]) => contexts.has(context));
}

/** `isTold` says whether what the steps of the job are given, or their environment, reads of others. */
function canSeeOthers(step: Step, contexts: ReadonlySet<string>, isTold: boolean): boolean {
  if (step.condition.parsed.form === "invalid" || (isTold && isLocal(step))) return true;
  const seen = isTold ? new Set([...contexts, "env"]) : contexts;
  return decisionsOf(step).some((each) => readsAny(each, seen));
}

function isLocal({ action }: Step): boolean {
  return action?.name.startsWith("./") === true;
}

function isDeciding(step: Step): boolean {
  return step.condition.parsed.form === "empty" && step.softFail.kind === "absent" && !isLocal(step);
}
