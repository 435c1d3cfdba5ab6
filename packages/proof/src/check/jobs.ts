import { parseTemplate } from "@ci-fix/expression";
import type { Job, Workflow } from "@ci-fix/workflow";
import type { ScriptModel } from "../script-model.ts";
import { sources, steady, type Found, type View } from "./expressions.ts";
import { isNothing, madeOf, openIn, under, written } from "./given.ts";
import { at, fileData, jobData, legs } from "./matrices.ts";
import type { Answer, Oracle } from "./oracle.ts";
import { forgives, holds, playSteps, type ListResult, type Result } from "./steps.ts";

/** A file and those that it calls. */
export interface Stage {
  readonly oracle: Oracle;
  readonly domains: ReadonlyMap<string, readonly Answer[]>;
  readonly scripts: ScriptModel;
  called(uses: string): Workflow | undefined;
  composite(uses: string): Workflow | undefined;
  /** The job as it is on both sides. */
  bothOf(job: Job): readonly Job[];
}

export interface JobResult {
  readonly job: Job;
  readonly result: Result;
  readonly checks: ReadonlyMap<string, Result>;
  readonly behind: ReadonlySet<string>;
  output(name: string): Found;
}

/** Where a workflow is played. */
export interface Around {
  readonly prefix: string;
  readonly depth: number;
  /** What one of its inputs is made of. */
  inputs(name: string): string;
}

export const outermost: Around = { prefix: "", depth: 0, inputs: () => "" };

/** Plays all jobs of a workflow in one case; by lower-case id. */
export function playJobs(stage: Stage, jobs: readonly Job[], around: Around): ReadonlyMap<string, JobResult> {
  const results = new Map<string, JobResult>();
  const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
  const play = (job: Job): void => {
    if (results.has(job.id.toLowerCase())) return;
    const needs = job.needs.ids.map((id) => id.toLowerCase());
    for (const id of needs) {
      const needed = byId.get(id);
      if (needed !== undefined) play(needed);
    }
    const behind = new Set(needs.flatMap((id) => [id, ...(results.get(id)?.behind ?? [])]));
    const view = jobView(stage, job, { results, needs: [...new Set(needs)], behind, around });
    results.set(job.id.toLowerCase(), { ...playJob(stage, job, view, around), behind });
  };
  jobs.forEach(play);
  return results;
}

interface Before {
  readonly results: ReadonlyMap<string, JobResult>;
  readonly needs: readonly string[];
  readonly behind: ReadonlySet<string>;
  readonly around: Around;
}

function jobView(stage: Stage, job: Job, { results, needs, behind, around }: Before): View {
  const ends = [...behind].map((id) => results.get(id)?.result);
  return {
    place: `${around.prefix}${job.id}: `,
    oracle: stage.oracle,
    status: (name) =>
      name === "always" ||
      (name === "success" && ends.every((end) => end === "success")) ||
      (name === "failure" && ends.includes("failure")),
    ids: (context) => (context === "needs" ? needs : []),
    domain: (path) => ["(any other value)", ...(stage.domains.get(path) ?? []), ""],
    find([context, id = "*", property, output = ""]) {
      if (context === "inputs") return openIn(around.prefix, around.inputs(id));
      if (context !== "needs") return { scope: "" };
      const needed = needs.includes(id) ? results.get(id) : undefined;
      if (needed === undefined) return { value: null };
      if (property === "outputs") return needed.output(output);
      return { value: property === "result" && output === "" ? needed.result : null };
    },
  };
}

function playJob(stage: Stage, job: Job, view: View, { prefix, depth }: Around): Omit<JobResult, "behind"> {
  const name = `${prefix}${job.id}`;
  const runs = holds(job.condition, view);
  const checks = new Map<string, Result>();
  const forgiven: boolean[] = [];
  const lists: ListResult[] = [];
  for (const [suffix, values] of legs(stage.bothOf(job), job)) {
    const legView: View = { ...view, find: (path) => boundTo(values, path) ?? view.find(path) };
    const legName = `${name}${suffix}`;
    const end =
      runs === undefined ? "failure" : runs ? playLeg(stage, job, legName, legView, { depth, lists }) : "skipped";
    checks.set(legName, end);
    forgiven.push(end === "failure" && runs !== undefined && forgives(job.softFail, legView));
  }
  const seen = [...checks.values()].map((end, index) => (forgiven[index] === true ? "success" : end));
  const result = seen.includes("failure") ? "failure" : seen.includes("success") ? "success" : "skipped";
  return {
    job,
    result,
    checks,
    output: (output) => findOutput(job, name, output, { runs: runs === true, lists, view }),
  };
}

function boundTo(
  values: ReadonlyMap<string, Answer> | undefined,
  [context, ...names]: readonly string[],
): Found | undefined {
  const value = context === "matrix" ? values?.get(names.join(".")) : undefined;
  return value === undefined ? undefined : { value };
}

function playLeg(
  stage: Stage,
  job: Job,
  name: string,
  view: View,
  { depth, lists }: { readonly depth: number; readonly lists: ListResult[] },
): Result {
  if (job.calls === undefined) {
    const list = playSteps(job.steps, {
      name,
      depth: 0,
      view,
      env: (variable) =>
        madeOf(
          [fileData(job.workflow), jobData(job)].flatMap((data) => under(at(data, "env"), variable)),
          view,
        ),
      scripts: stage.scripts,
      composite: (uses) => stage.composite(uses),
      labelled: (steps) => {
        const [first] = steps[0] === undefined ? [] : stage.bothOf(steps[0].job);
        return first?.steps.length === steps.length ? first.steps : steps;
      },
    });
    lists.push(list);
    return list.failed || list.late ? "failure" : "success";
  }
  const called = depth < 10 ? stage.called(job.calls) : undefined;
  if (called === undefined) return stage.oracle.ask("outcome", name, ["success", "failure"]) as Result;
  const inputs = (input: string): string => madeOf(under(at(jobData(job), "with"), input), view);
  const inner = { prefix: `${name} / `, depth: depth + 1, inputs };
  const ends = [...playJobs(stage, called.jobs, inner).values()].map(({ result }) => result);
  if (ends.includes("failure")) return "failure";
  if (ends.some((end) => end !== "skipped")) return "success";
  return stage.oracle.ask("value", `${name}: result when all is skipped`, ["skipped", "success"]) as Result;
}

/** The output of a job in one case: a result that it is, empty if nothing that sets it ran, else whatever is made of what was. */
function findOutput(
  job: Job,
  name: string,
  output: string,
  { runs, lists, view }: { readonly runs: boolean; readonly lists: readonly ListResult[]; readonly view: View },
): Found {
  if (!runs) return { value: "" };
  if (job.calls !== undefined) return openIn(`${name} gives `, madeOf(under(at(jobData(job), "with"), "*"), view));
  const outputs = at(jobData(job), "outputs");
  const entries = typeof outputs === "object" && outputs !== null ? Object.entries(outputs) : [];
  const declared: unknown = entries.find(([key]) => key.toLowerCase() === output)?.[1];
  const text = typeof declared === "string" && declared.includes("${{") ? declared : "";
  const paths = pathsAlone(text);
  const views = lists.map(({ end }) => end);
  const found = views.map((leg) => paths.map((path) => (path === undefined ? undefined : leg.find(path))));
  const [only] = found.length === 1 && paths.length === 1 ? (found[0] ?? []) : [];
  if (only !== undefined && "value" in only) return { value: written(only.value) };
  if (found.length > 0 && paths.length > 0 && found.every((leg) => leg.every(isNothing))) return { value: "" };
  const told = views.map((leg) => madeOf([text], leg));
  return openIn(`${name} gives `, told.every((each) => each === "") ? "" : told.join("; "));
}

/** What a text reads that is made of nothing else; undefined stands for anything else in it. */
function pathsAlone(text: string): readonly (readonly string[] | undefined)[] {
  return parseTemplate(text).flatMap((part): readonly (readonly string[] | undefined)[] =>
    part.kind === "expression" && part.parsed.ok ? sources(part.parsed.tree).map(steady) : [undefined],
  );
}
