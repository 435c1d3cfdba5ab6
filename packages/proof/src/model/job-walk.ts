import type { Job, Workflow } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import { whenRuns, whenSoft } from "./conditions.ts";
import { jobData } from "./data.ts";
import { decidingStep } from "./deciding-step.ts";
import { environmentOf, freeBy, type Given, givenIn, textsOf } from "./given.ts";
import { outputOf } from "./job-outputs.ts";
import { legsOf, type Leg } from "./matrix-legs.ts";
import { inOrder } from "./rejected.ts";
import type { Seen, Sight } from "./sight.ts";
import { walkSteps, type ListEnd, type StepEnd } from "./step-walk.ts";
import { FAILURE, SKIPPED, SUCCESS, type World } from "./world.ts";

/** What became of one job, or of one kind of legs of it. */
export interface JobEnd {
  readonly job: Job;
  readonly runs: Diagram;
  /** `needs.X.result`: what those that wait for it see. */
  readonly result: Diagram;
  /** Its checks by name: one, or one for each kind of legs of a matrix. */
  readonly checks: ReadonlyMap<string, Diagram>;
  readonly steps: readonly StepEnd[];
  /** Whether its failure is forgiven, in some leg. */
  readonly soft: Diagram;
  output(name: string): Seen;
}

/** Where the jobs of a workflow run. */
export interface Caller {
  /** Empty, or the name of the job that calls the workflow with ` / ` behind it. */
  readonly prefix: string;
  readonly depth: number;
  /** What the inputs are made of that the workflow is given, see `givenIn`. */
  readonly inputs?: Given;
  /** Results that jobs are taken to have, by lower-case id; nothing of them or behind them is looked at. */
  readonly given?: ReadonlyMap<string, string>;
}

const DEEPEST = 10;

/** Runs the jobs of a workflow in all cases at once; by lower-case id. Throws `Unreadable` for what no server would run. */
export function walkJobs(world: World, jobs: readonly Job[], caller: Caller): ReadonlyMap<string, JobEnd> {
  const ends = new Map<string, JobEnd>();
  const ancestors = new Map<string, ReadonlySet<string>>();
  for (const job of inOrder(jobs)) {
    const needs = [...new Set(job.needs.ids.map((id) => id.toLowerCase()))];
    const id = job.id.toLowerCase();
    const result = caller.given?.get(id);
    if (result !== undefined) {
      ends.set(id, givenEnd(world, job, result, caller));
      continue;
    }
    const behind = new Set(needs.flatMap((need) => [need, ...(ancestors.get(need) ?? [])]));
    ancestors.set(id, behind);
    const results = [...behind].flatMap((need) => ends.get(need)?.result ?? []);
    ends.set(id, runJob(world, job, sightOf(world, job, { ends, needs, results, caller }), caller));
  }
  return ends;
}

function givenEnd({ logic }: World, job: Job, result: string, { prefix }: Caller): JobEnd {
  const name = `${prefix}${job.id}`;
  const runs = result === SKIPPED ? logic.no : logic.yes;
  const end = logic.diagrams.leaf(result);
  const scope = logic.choose(runs, logic.diagrams.leaf(`${name} gives `), logic.diagrams.leaf(null));
  const output: JobEnd["output"] = () => ({ kind: "free", scope });
  return { job, runs, result: end, checks: new Map([[name, end]]), steps: [], soft: logic.no, output };
}

interface Behind {
  readonly ends: ReadonlyMap<string, JobEnd>;
  readonly needs: readonly string[];
  /** Of all jobs that it waits for, through others too. */
  readonly results: readonly Diagram[];
  readonly caller: Caller;
}

function sightOf({ logic }: World, job: Job, { ends, needs, results, caller }: Behind): Sight {
  const name = `${caller.prefix}${job.id}`;
  const nothing: Seen = { kind: "known", diagram: logic.diagrams.leaf(null) };
  let succeeded: Diagram | undefined;
  let failed: Diagram | undefined;
  return {
    place: `${name}: `,
    members: (context) => (context === "needs" ? needs : []),
    status(status) {
      // All ancestors count, and one that was skipped has not succeeded (actions/runner#491, #2205).
      if (status === "success") return (succeeded ??= logic.all(results.map((result) => logic.is(result, SUCCESS))));
      if (status === "failure") return (failed ??= logic.any(results.map((result) => logic.is(result, FAILURE))));
      return status === "always" ? logic.yes : logic.no;
    },
    look([context, id = "*", property, output = ""]) {
      if (context === "inputs") return freeBy(logic, caller.prefix, caller.inputs?.(id) ?? logic.diagrams.leaf(""));
      if (context !== "needs") return { kind: "free", scope: logic.diagrams.leaf("") };
      const end = needs.includes(id) ? ends.get(id) : undefined;
      if (end === undefined) return nothing;
      if (property === "result" && output === "") return { kind: "known", diagram: end.result };
      return property === "outputs" ? end.output(output) : nothing;
    },
  };
}

/** What a leg comes to for those that wait for the job. */
interface LegEnd {
  readonly soft: Diagram;
  readonly failed: Diagram;
  readonly succeeded: Diagram;
}

function runJob(world: World, job: Job, sight: Sight, caller: Caller): JobEnd {
  const { logic, symbolic } = world;
  const name = `${caller.prefix}${job.id}`;
  const condition = whenRuns(symbolic, logic, job.condition, sight);
  const runs = logic.holds(condition);
  const faulty = logic.faults(condition);
  const checks = new Map<string, Diagram>();
  const lists: ListEnd[] = [];
  const legs: LegEnd[] = [];
  for (const leg of legsOf(job, world.matrixPathsOf(job))) {
    const legSight = withMatrix(world, sight, leg);
    const end = runs === logic.no ? undefined : runLeg(world, job, `${name}${leg.name}`, legSight, caller);
    if (end?.list !== undefined) lists.push(end.list);
    const ended = end?.ended ?? logic.diagrams.leaf(SKIPPED);
    const check = logic.choose(runs, ended, logic.diagrams.leaf(SKIPPED));
    checks.set(`${name}${leg.name}`, logic.choose(faulty, logic.diagrams.leaf(FAILURE), check));
    // A soft-failed job keeps its red check; the run and `needs` see success (actions/toolkit#581, documentation of `jobs.<id>.continue-on-error`).
    const soft = whenSoft(symbolic, logic, job.softFail, legSight);
    const failed = logic.is(check, FAILURE);
    legs.push({
      soft,
      failed: logic.and(failed, logic.not(soft)),
      succeeded: logic.or(logic.is(check, SUCCESS), logic.and(failed, soft)),
    });
  }
  const anyFailed = logic.or(faulty, logic.any(legs.map((leg) => leg.failed)));
  const anySucceeded = logic.any(legs.map((leg) => leg.succeeded));
  const result = logic.choose(
    anyFailed,
    logic.diagrams.leaf(FAILURE),
    logic.choose(anySucceeded, logic.diagrams.leaf(SUCCESS), logic.diagrams.leaf(SKIPPED)),
  );
  const steps = lists.flatMap((list) => list.steps);
  return {
    job,
    runs,
    result,
    checks,
    steps,
    soft: logic.any(legs.map((leg) => leg.soft)),
    output: (output) =>
      outputOf(world, job, name, output, {
        runs,
        ends: lists.map(({ end }) => end),
        inputs: inputsOf(world, job, sight),
      }),
  };
}

function withMatrix({ logic }: World, sight: Sight, leg: Leg): Sight {
  const { values } = leg;
  if (values === undefined) return sight;
  return {
    ...sight,
    look(path) {
      const term = path[0] === "matrix" ? values.get(path.slice(1).join(".")) : undefined;
      return term === undefined ? sight.look(path) : { kind: "known", diagram: logic.diagrams.leaf(term) };
    },
  };
}

/** How a leg that runs ends. */
function runLeg(
  world: World,
  job: Job,
  name: string,
  sight: Sight,
  caller: Caller,
): { ended: Diagram; list: ListEnd | undefined } {
  const { logic } = world;
  if (job.calls !== undefined) {
    const inner = { prefix: `${name} / `, depth: caller.depth + 1, inputs: inputsOf(world, job, sight) };
    return { ended: runCalled(world, job.calls, name, inner), list: undefined };
  }
  const deciding = world.isUntouched(job) ? decidingStep(job, caller.inputs !== undefined) : undefined;
  if (deciding !== undefined) {
    const key = `${name} / ${world.namesOf(job.steps)[deciding.index] ?? ""}`;
    return { ended: logic.diagrams.variable({ key, kind: "outcome", domain: [SUCCESS, FAILURE] }), list: undefined };
  }
  const needs = sight.members("needs");
  const env: Given = (variable) => givenIn(logic, environmentOf(job, variable), sight);
  const list = walkSteps(world, job.steps, { name, look: (path) => sight.look(path), needs, depth: 0, env });
  const failed = logic.or(list.failed, list.late);
  return { ended: logic.choose(failed, logic.diagrams.leaf(FAILURE), logic.diagrams.leaf(SUCCESS)), list };
}

/** What a job gives to the workflow that it calls. */
function inputsOf({ logic }: World, job: Job, sight: Sight): Given {
  return (input) => givenIn(logic, textsOf(jobData(job)["with"], input), sight);
}

/** How the workflow that a job calls ends. */
function runCalled(world: World, uses: string, name: string, inner: Caller): Diagram {
  const { logic, files } = world;
  const called: Workflow | undefined = inner.depth > DEEPEST ? undefined : files.called(uses);
  if (called === undefined) {
    world.assumptions.add("a called workflow that is not in this repository succeeds or fails as a whole");
    return logic.diagrams.variable({ key: name, kind: "outcome", domain: [SUCCESS, FAILURE] });
  }
  const ends = [...walkJobs(world, called.jobs, inner).values()];
  const failed = logic.any(ends.map(({ result }) => logic.is(result, FAILURE)));
  const skipped = logic.all(ends.map(({ result }) => logic.is(result, SKIPPED)));
  // Nothing documents what the caller's result is when no job of the called workflow ran.
  const unsaid = logic.diagrams.variable({
    key: `${name}: result when all is skipped`,
    kind: "value",
    domain: [SKIPPED, SUCCESS],
  });
  const green = logic.choose(skipped, unsaid, logic.diagrams.leaf(SUCCESS));
  return logic.choose(failed, logic.diagrams.leaf(FAILURE), green);
}
