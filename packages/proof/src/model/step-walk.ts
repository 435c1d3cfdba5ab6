import type { Step } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { commandKey, type ScriptFailure } from "../script-model.ts";
import { whenEnvFails, whenRuns, whenSoft } from "./conditions.ts";
import { freeBy, type Given, givenIn, listed, textsOf } from "./given.ts";
import { refuseTwins } from "./rejected.ts";
import type { Seen, Sight } from "./sight.ts";
import { FAILURE, LATE_FAILURE, SKIPPED, SUCCESS, type World } from "./world.ts";

/** What became of one step. */
export interface StepEnd {
  readonly step: Step;
  readonly name: string;
  readonly runs: Diagram;
  /** Whether it fails and is not forgiven: its conclusion is failure. */
  readonly hardFailure: Diagram;
  outcome(): Diagram;
  conclusion(): Diagram;
  /** Whether its failure is forgiven. */
  readonly soft: Diagram;
  /** True where one of the steps before it has failed by then. */
  readonly afterFailure: Diagram;
  /** The steps of the composite action that it uses. */
  readonly inner: readonly StepEnd[];
}

/** Where a list of steps runs. */
export interface Surroundings {
  /** Name of the job, and of the step for those of a composite action. */
  readonly name: string;
  /** What is seen besides steps and status. */
  look(path: readonly string[]): Seen;
  readonly needs: readonly string[];
  readonly depth: number;
  /** What the environment is made of that surrounds them, see `givenIn`. */
  readonly env: Given;
  /** For the steps of a composite action: whether the job had failed before it, which is what `job.status` says. */
  readonly jobFailed?: Diagram;
}

export interface ListEnd {
  readonly steps: readonly StepEnd[];
  /** Whether a step failed without being forgiven. */
  readonly failed: Diagram;
  /** Whether one of them fails when the job cleans up. */
  readonly late: Diagram;
  /** What can be seen behind the last of them. */
  readonly end: Sight;
}

const DEEPEST = 10;
/** Contexts that are not the same everywhere. */
const PER_JOB = new Set(["job", "strategy", "runner", "matrix"]);

/** Runs the steps of a job, or of a composite action, one after the other, in all cases at once. */
export function walkSteps(world: World, steps: readonly Step[], surroundings: Surroundings): ListEnd {
  refuseTwins(steps);
  const { logic } = world;
  const names = world.namesOf(steps);
  const ends: StepEnd[] = [];
  const byId = new Map<string, StepEnd>();
  let failed = logic.no;
  let late = logic.no;
  let stopped = logic.no;
  for (const [index, step] of steps.entries()) {
    const name = `${surroundings.name} / ${names[index] ?? ""}`;
    const sight = sightOf(world, surroundings, {
      known: byId,
      failed,
      place: `${name}: `,
      env: step.env,
    });
    const inner = { ...surroundings, name, depth: surroundings.depth + 1, jobFailed: surroundings.jobFailed ?? failed };
    const { end, faulty, lateFailure } = runStep(world, step, name, { sight, inner, stopped });
    const whole = { ...end, afterFailure: failed };
    ends.push(whole);
    if (step.id !== undefined) byId.set(step.id.toLowerCase(), whole);
    // Only a conclusion of failure fails the job (actions/runner, StepsRunner: `jobContext.Result` merges step results).
    failed = logic.or(failed, end.hardFailure);
    late = logic.or(late, lateFailure);
    // A condition that cannot be evaluated ends a composite action, whatever stands in it further down
    // (actions/runner, CompositeActionHandler: it leaves the loop over the steps).
    if (surroundings.jobFailed !== undefined) stopped = logic.or(stopped, faulty);
  }
  const behind = {
    known: byId,
    failed: logic.or(failed, late),
    place: `${surroundings.name}: `,
    env: new Map<string, string>(),
  };
  return { steps: ends, failed, late, end: sightOf(world, surroundings, behind) };
}

interface Standing {
  readonly sight: Sight;
  /** Where the steps of a composite action run that this step uses. */
  readonly inner: Surroundings;
  /** Whether no step of the list runs any more. */
  readonly stopped: Diagram;
}

function runStep(
  world: World,
  step: Step,
  name: string,
  { sight, inner, stopped }: Standing,
): { end: Omit<StepEnd, "afterFailure">; faulty: Diagram; lateFailure: Diagram } {
  const { logic, symbolic } = world;
  const leaf = (word: string): Diagram => logic.diagrams.leaf(word);
  const condition = whenRuns(symbolic, logic, step.condition, sight);
  // An `if` that cannot be evaluated fails the step, soft-fail or not, and so does an `env`, which is read before it and
  // whatever it says (actions/runner, StepsRunner). In a composite action the latter is a failure like any other.
  const badEnv = inner.depth > 1 ? logic.no : whenEnvFails(symbolic, logic, step.env, sight);
  const faulty = logic.and(logic.or(badEnv, logic.faults(condition)), logic.not(stopped));
  const runs = logic.and(logic.holds(condition), logic.not(logic.or(badEnv, stopped)));
  const body = runs === logic.no ? nothing(logic) : runBody(world, step, name, { sight, inner });
  const soft = logic.and(whenSoft(symbolic, logic, step.softFail, sight), logic.not(faulty));
  const fails = logic.and(runs, body.failed);
  const hardFailure = logic.or(faulty, logic.and(fails, logic.not(soft)));
  // Few steps are asked for their results.
  const told = (failure: Diagram): Diagram =>
    logic.choose(logic.or(faulty, failure), leaf(FAILURE), logic.choose(runs, leaf(SUCCESS), leaf(SKIPPED)));
  const results = {
    // https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
    outcome: (): Diagram => told(fails),
    conclusion: (): Diagram => told(hardFailure),
  };
  // What an action does at the end of the job shares its soft-fail (actions/runner, ActionRunner: post step is registered with it).
  const lateFailure = logic.and(logic.and(runs, body.late), logic.not(soft));
  return { end: { step, name, runs, hardFailure, soft, inner: body.inner, ...results }, faulty, lateFailure };
}

interface Body {
  readonly failed: Diagram;
  readonly late: Diagram;
  readonly inner: readonly StepEnd[];
}

function nothing({ no }: Logic): Body {
  return { failed: no, late: no, inner: [] };
}

/** Whether what a step runs fails, now or at the end of the job. */
function runBody(world: World, step: Step, name: string, { sight, inner }: Omit<Standing, "stopped">): Body {
  const { logic, files } = world;
  const action = step.action?.name;
  const composite = inner.depth > DEEPEST ? undefined : files.composite(action)?.jobs[0];
  if (composite !== undefined) {
    // `success()` and `failure()` look at the steps of the composite action alone, and so does `steps`
    // (actions/runner, CompositeActionHandler).
    const given: Given = (input) => givenIn(logic, textsOf(Object.fromEntries(step.inputs), input), sight);
    const end = walkSteps(world, composite.steps, {
      ...inner,
      look: (path) => (path[0] === "inputs" ? freeBy(logic, `${name}: `, given(path[1] ?? "*")) : inner.look(path)),
      env: envOf(logic, step.env, inner, sight),
    });
    return { failed: end.failed, late: end.late, inner: end.steps };
  }
  const failing = world.scripts(step);
  if (failing !== undefined) return { ...nothing(logic), failed: failureOf(logic, name, failing) };
  const isAction = action !== undefined && !action.startsWith("docker://");
  const domain = isAction ? [SUCCESS, FAILURE, LATE_FAILURE] : [SUCCESS, FAILURE];
  const ending = logic.diagrams.variable({ key: name, kind: "outcome", domain });
  const late = isAction ? logic.is(ending, LATE_FAILURE) : logic.no;
  return { failed: logic.is(ending, FAILURE), late, inner: [] };
}

/** Each command is a variable of its own: the same command of the same step, before and after. */
function failureOf(logic: Logic, name: string, failing: ScriptFailure): Diagram {
  if (typeof failing === "boolean") return failing ? logic.yes : logic.no;
  if ("not" in failing) return logic.not(failureOf(logic, name, failing.not));
  if ("any" in failing) return logic.any(failing.any.map((part) => failureOf(logic, name, part)));
  if ("all" in failing) return logic.all(failing.all.map((part) => failureOf(logic, name, part)));
  const key = commandKey(name, failing.command);
  return logic.is(logic.diagrams.variable({ key, kind: "outcome", domain: [SUCCESS, FAILURE] }), FAILURE);
}

/** What the environment of a step is made of. One text of it may read what others say; none reads what steps have added. */
function envOf(logic: Logic, own: ReadonlyMap<string, string>, { env }: Surroundings, sight: Sight): Given {
  const around = (path: readonly string[]): Seen =>
    path[0] === "env" ? freeBy(logic, "", env(path[1] ?? "*")) : sight.look(path);
  return (name) => {
    const texts = textsOf(Object.fromEntries(own), name);
    return listed(logic, [env(name), givenIn(logic, texts, { ...sight, look: around })]);
  };
}

/** How far the steps of a list have come. */
interface Progress {
  readonly known: ReadonlyMap<string, StepEnd>;
  readonly failed: Diagram;
  readonly place: string;
  /** The environment of the step that comes next. */
  readonly env: ReadonlyMap<string, string>;
}

function sightOf({ logic }: World, surroundings: Surroundings, { known, failed, place, env }: Progress): Sight {
  const steps = new Map(known);
  const sight: Sight = {
    place,
    members: (context) => (context === "needs" ? surroundings.needs : [...steps.keys()]),
    status(name) {
      if (name === "failure") return failed;
      return name === "success" ? logic.not(failed) : name === "always" ? logic.yes : logic.no;
    },
    look(path) {
      const [context = "", id = "", ...names] = path;
      if (context === "job" && id === "status" && names.length === 0) {
        const isRed = surroundings.jobFailed ?? failed;
        const [red, green] = [logic.diagrams.leaf(FAILURE), logic.diagrams.leaf(SUCCESS)];
        return { kind: "known", diagram: logic.choose(isRed, red, green) };
      }
      if (context === "steps") return lookAtStep(logic, steps.get(id), names, surroundings.name);
      // What a step can change for those after it is another value for each.
      if (context === "env") return freeBy(logic, place, envOf(logic, env, surroundings, sight)(path[1] ?? "*"));
      const seen = surroundings.look(path);
      return seen.kind === "free" && PER_JOB.has(context)
        ? { kind: "free", scope: logic.diagrams.leaf(`${surroundings.name}: `) }
        : seen;
    },
  };
  return sight;
}

function lookAtStep(logic: Logic, end: StepEnd | undefined, names: readonly string[], list: string): Seen {
  const { diagrams } = logic;
  const [name, further] = names;
  if (end !== undefined && name === "outputs")
    // A step that did not run has set no output.
    return { kind: "free", scope: logic.choose(end.runs, diagrams.leaf(`${list}: `), diagrams.leaf(null)) };
  if (end === undefined || further !== undefined) return { kind: "known", diagram: diagrams.leaf(null) };
  if (name === "outcome") return { kind: "known", diagram: end.outcome() };
  return { kind: "known", diagram: name === "conclusion" ? end.conclusion() : diagrams.leaf(null) };
}
