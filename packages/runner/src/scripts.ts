import type { FileSide, ScriptFailure, ScriptModel } from "@ci-fix/proof";
import { failureOf, runsSame, shellScriptOf } from "@ci-fix/shell-script";
import { readWorkflow, type Step, type Workflow } from "@ci-fix/workflow";

/** A changed file, each side as bytes or as what was read of them. */
export interface ChangedFile {
  readonly file: string;
  readonly before: FileSide;
  readonly after: FileSide;
}

/** The steps of which a change touches the script or its shell, before and after it. */
export function changedScripts({
  file,
  before,
  after,
}: ChangedFile): readonly (readonly [before: Step, after: Step])[] {
  const [old, now] = [workflowOf(file, before), workflowOf(file, after)];
  if (old === undefined || now === undefined) return [];
  return old.jobs.flatMap((job) => {
    const same = now.jobs.find(({ id }) => id === job.id);
    if (same === undefined || same.steps.length !== job.steps.length) return [];
    return job.steps.flatMap((step, index): [Step, Step][] => {
      const other = same.steps[index];
      return other === undefined || keyOf(step) === keyOf(other) ? [] : [[step, other]];
    });
  });
}

/** A script that does nothing but end: a gate says so what it has seen. */
const VERDICT = /^\s*(?:exit\s+\d+|true|false|:)\s*$/u;

/** How the scripts end that are the same on both sides and do nothing else. */
function verdictsOf({ file, before, after }: ChangedFile): Map<string, ScriptFailure> {
  const known = new Map<string, ScriptFailure>();
  const jobs = [before, after].flatMap((side) => workflowOf(file, side)?.jobs ?? []);
  for (const step of jobs.flatMap(({ steps }) => steps)) {
    const script = VERDICT.test(step.script?.text ?? "") ? shellScriptOf(step) : undefined;
    const failure = script && failureOf(script);
    if (typeof failure === "boolean") known.set(keyOf(step), failure);
  }
  return known;
}

/**
 * What is known of the scripts of a file: when each that a change touches fails, in terms of its commands, only where both sides are followed
 * to their ends and run the same commands; and how those end that do nothing else. Of all others nothing is known.
 */
export function scriptsOf(change: ChangedFile): ScriptModel {
  const known = verdictsOf(change);
  for (const pair of changedScripts(change)) {
    for (const step of pair) known.delete(keyOf(step));
    const [old, now] = pair.map(shellScriptOf);
    if (old === undefined || now === undefined || !runsSame(old, now)) continue;
    const [before, after] = [failureOf(old), failureOf(now)];
    if (before === undefined || after === undefined) continue;
    known.set(keyOf(pair[0]), before);
    known.set(keyOf(pair[1]), after);
  }
  return (step) => known.get(keyOf(step));
}

function keyOf({ job, index, script, shell }: Step): string {
  return JSON.stringify([job.id, index, shell.template, script?.text]);
}

/** Undefined where there is none to be read. */
export function workflowOf(file: string, side: FileSide): Workflow | undefined {
  if (!(side instanceof Uint8Array)) return side;
  const read = readWorkflow(file, side);
  return read.ok ? read.workflow : undefined;
}
