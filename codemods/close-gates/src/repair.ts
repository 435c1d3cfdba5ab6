import { operands, statusFunctions, ungroup, type Expression, contextPaths } from "@ci-fix/expression";
import { readWorkflow, workflowEdits, type Edit, type Job } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { behaviourOf, type Behaviour } from "./behaviour.ts";

const stepName = "Fail if a needed job failed or was cancelled";
const anyBad = "${{ contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled') }}";

/** The edits after which the gate is red when a needed job failed or was cancelled, played in the model; undefined where none do. */
export function repairOf(gate: Job): readonly Edit[] | undefined {
  const runs = alwaysRuns(gate);
  if (runs === undefined) return undefined;
  const fails = workflowEdits.addFirstStep(gate, { name: stepName, condition: anyBad, script: "exit 1" });
  const candidates = [runs, [...runs, ...conditionOnOnlyStep(gate)], [...runs, ...fails]];
  const maySkip = conditional(gate).length > 0 && behaviourOf(gate).on.skipped !== "red";
  return candidates.find((edits) => edits.length > 0 && isClosed(after(gate, edits), maySkip));
}

/** How the gate behaves once the edits are made. */
export function after(gate: Job, edits: readonly Edit[]): Behaviour | undefined {
  const { file } = gate.workflow;
  const applied = applyEdits(file.yaml, edits);
  const read = applied.ok ? readWorkflow(file.path, applied.bytes) : undefined;
  const workflow = read?.ok === true ? read.workflow : undefined;
  const changed = workflow?.jobs.find(({ id }) => id === gate.id);
  return changed === undefined ? undefined : behaviourOf(changed);
}

/** Red for each failure and cancellation, green where all is well, and no harder on a job that is meant to be skipped. */
function isClosed(now: Behaviour | undefined, maySkip: boolean): boolean {
  if (now?.whenWell !== "green") return false;
  if (now.on.failure !== "red" || now.on.cancelled !== "red") return false;
  return now.on.skipped !== "red" || !maySkip;
}

/** A gate whose only step fails at once is meant for the bad case: the test of its condition moves to the step. */
function conditionOnOnlyStep({ steps }: Job): readonly Edit[] {
  const [only, ...others] = steps;
  const isAlone = only?.script !== undefined && others.length === 0 && only.condition.entry === undefined;
  return isAlone ? workflowEdits.setCondition(only, anyBad) : [];
}

/** Jobs before the gate that do not always run. */
export function conditional(gate: Job): readonly Job[] {
  const { jobs } = gate.workflow;
  const found = new Set<Job>();
  const pending = [...gate.needs.ids];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const wanted = id.toLowerCase();
    const job = jobs.find((one) => one.id.toLowerCase() === wanted);
    if (job === undefined || found.has(job)) continue;
    found.add(job);
    pending.push(...job.needs.ids);
  }
  return [...found].filter(({ condition }) => condition.entry !== undefined);
}

/** Lets a gate run whatever became of the others; what it asks besides stays. */
function alwaysRuns(gate: Job): readonly Edit[] | undefined {
  const { parsed, entry } = gate.condition;
  if (entry === undefined) return workflowEdits.setCondition(gate, "always()");
  const { tree, text, form } = parsed;
  if (tree === undefined) return undefined;
  const parts = operands(ungroup(tree), "&&");
  const kept = parts.filter((part) => !asksForResults(part));
  if (kept.length === parts.length - 1 && parts.some(isAlways)) return [];
  if (parts.some((part) => asksForResults(part) && asksForMore(part))) return undefined;
  const written = ["always()", ...kept.map(({ span }) => text.slice(span.start, span.end))].join(" && ");
  return workflowEdits.setCondition(gate, form === "wrapped" ? `\${{ ${written} }}` : written);
}

function isAlways(part: Expression): boolean {
  const node = ungroup(part);
  return node.kind === "call" && node.name.toLowerCase() === "always";
}

function asksForResults(part: Expression): boolean {
  return statusFunctions(part).length > 0 || contextPaths(part).some(([context]) => context === "needs");
}

function asksForMore(part: Expression): boolean {
  return contextPaths(part).some(([context, , property]) => context !== "needs" || property === "outputs");
}
