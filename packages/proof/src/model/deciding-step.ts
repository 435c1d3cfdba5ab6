import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { canFail } from "../variables/tree.ts";
import { fallibleIn, writtenIn } from "../variables/vocabulary.ts";

/**
 * The step that can stand for a whole job, which is the same on both sides: it always runs while all is well, and its
 * failure is never forgiven. The job then can succeed (nothing fails) and can fail (this step alone does) whatever any
 * condition of its steps says, and how it ends is the same on both sides. So nothing is lost by letting the others
 * succeed. Undefined where the steps can see what became of other jobs, where a condition
 * can fail by itself, and where other jobs decide by an output of this one.
 */
export function decidingStep(job: Job): Step | undefined {
  if (!known.has(job))
    known.set(job, job.steps.some(isOpen) || tellsOthers(job, job.workflow) ? undefined : job.steps.find(isDeciding));
  return known.get(job);
}

const known = new WeakMap<Job, Step | undefined>();

/** True where a condition of a workflow, of either side, reads an output of the job. */
export function tellsOthers({ id }: Job, workflow: Workflow): boolean {
  const ask = conditionTexts(workflow);
  return ask.some((text) => text.includes(id.toLowerCase()) || text.includes("*") || text.includes("tojson"));
}

const texts = new WeakMap<Workflow, readonly string[]>();

/** Every condition that reads outputs of jobs, in lower case. */
function conditionTexts(workflow: Workflow): readonly string[] {
  let found = texts.get(workflow);
  if (found === undefined) {
    found = workflow.jobs
      .flatMap((job) => [job, ...job.steps])
      .flatMap(({ condition, softFail }) => [
        condition.parsed.text.toLowerCase(),
        ...(softFail.kind === "expression" ? [softFail.text.toLowerCase()] : []),
      ])
      .filter((text) => text.includes("needs") && (text.includes("outputs") || text.includes("tojson")));
    texts.set(workflow, found);
  }
  return found;
}

function isOpen({ condition, softFail, env }: Step): boolean {
  if ([...env.values()].some((text) => fallibleIn(text).length > 0)) return true;
  if (condition.parsed.form === "invalid") return true;
  const asked = [condition.parsed.text, softFail.kind === "expression" ? softFail.text : ""].filter(
    (text) => text !== "",
  );
  return asked.some((text) => /\bneeds\b/iu.test(text) || writtenIn(text).some(({ tree }) => canFail(tree)));
}

function isDeciding({ condition, softFail, action }: Step): boolean {
  return condition.parsed.form === "empty" && softFail.kind === "absent" && action?.name.startsWith("./") !== true;
}
