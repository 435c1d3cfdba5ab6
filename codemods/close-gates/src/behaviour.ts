import { once } from "@ci-fix/judgement";
import { outlookOf, type JobResult } from "@ci-fix/proof";
import type { Job, Workflow } from "@ci-fix/workflow";
import { scriptsUnder } from "./script-verdict.ts";

/** What becomes of a gate. `unknown`: its own script decides, in a way that is not followed. */
export type Fate = "red" | "green" | "skipped" | "unknown";

/** What a gate makes of the results of the jobs that it gathers. */
export interface Behaviour {
  /** Where all of them succeed. */
  readonly whenWell: Fate;
  /** Where one of them ends like this and all others succeed; the worst over all of them. */
  readonly on: Readonly<Record<"failure" | "cancelled" | "skipped", Fate>>;
  /** By the lower-case id of the one. */
  readonly of: (need: string, result: "failure" | "cancelled" | "skipped") => Fate;
}

type Bad = "failure" | "cancelled" | "skipped";
/** The worst that can become of a gate comes first: nobody looks at what is green, and a skipped check counts as passed. */
const order: readonly Fate[] = ["green", "skipped", "unknown", "red"];

/** Plays a gate with given results of the jobs that it needs, in the model of the proofs. */
export const behaviourOf: (job: Job) => Behaviour = once((gate) => {
  const needs = gate.needs.ids.map((id) => id.toLowerCase());
  const text = textOf(gate);
  // What is never named alone is treated like all others of its kind.
  const read = new Set([...text.matchAll(/needs(?:\.|\[')([\w-]+)/giu)].map(([, id = ""]) => id.toLowerCase()));
  const named = needs.filter((id) => read.has(id));
  const example = needs.find((id) => !read.has(id));
  const well = play(gate, needs, undefined);
  const whenWell = fateOf(well, well);
  const known = new Map<string, Fate>();
  const of = (need: string, result: Bad): Fate => {
    const one = named.includes(need) ? need : (example ?? need);
    const key = `${one} ${result}`;
    const fate = known.get(key) ?? fateOf(play(gate, needs, [one, result]), well);
    known.set(key, fate);
    return fate;
  };
  const each = example === undefined ? named : [...named, example];
  const worst = (result: Bad): Fate => {
    const fates = new Set(each.map((need) => of(need, result)));
    return order.find((fate) => fates.has(fate)) ?? "unknown";
  };
  return { whenWell, on: { failure: worst("failure"), cancelled: worst("cancelled"), skipped: worst("skipped") }, of };
});

/** Every way in which the check of a gate can end. */
function play(gate: Job, needs: readonly string[], bad: readonly [string, Bad] | undefined): ReadonlySet<JobResult> {
  const given = new Map<string, JobResult>(needs.map((id) => [id, id === bad?.[0] ? bad[1] : "success"]));
  const needed = gate.workflow.jobs.filter(({ id }) => given.has(id.toLowerCase())).map(alone);
  const played: Workflow = { ...gate.workflow, jobs: [...needed, gate] };
  const told = outlookOf(played, { given, scripts: scriptsUnder(given) });
  return "problem" in told ? new Set() : (told.jobs.get(gate.id.toLowerCase())?.checks ?? new Set());
}

/** The result of a job is given, so that what it waits for does not matter. */
function alone(job: Job): Job {
  const needs: Job["needs"] = { form: "none", ids: [], entry: undefined };
  return Object.create(job, { needs: { value: needs } }) as Job;
}

/** A gate that is skipped also where all is well (an event that it is not for) is looked at in the other cases. */
function fateOf(checks: ReadonlySet<JobResult>, well: ReadonlySet<JobResult>): Fate {
  const left = new Set(checks);
  if (well.has("skipped") && well.size > 1 && left.size > 1) left.delete("skipped");
  const [only, ...others] = left;
  if (only === undefined || others.length > 0) return "unknown";
  return only === "failure" ? "red" : only === "success" ? "green" : "skipped";
}

function textOf({ condition, steps, entry, workflow }: Job): string {
  const span = entry?.span;
  if (span !== undefined) return workflow.file.yaml.text.slice(span.start, span.end);
  return [condition, ...steps.map((step) => step.condition)].map(({ parsed }) => parsed.text).join("\n");
}
