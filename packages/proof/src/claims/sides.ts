import { type Job, readWorkflow, type Workflow } from "@ci-fix/workflow";
import { Diagrams, type Diagram } from "../engine/diagram.ts";
import { Logic } from "../engine/logic.ts";
import { unknownBody } from "../model/changed-bodies.ts";
import { tellsOthers } from "../model/deciding-step.ts";
import { stepsCanFault, withFaulting } from "../model/faulting-jobs.ts";
import { mayRunLess } from "../model/fewer-runs.ts";
import { Files, reachable } from "../model/files.ts";
import { walkJobs, type JobEnd } from "../model/job-walk.ts";
import { matrixPaths } from "../model/matrix-legs.ts";
import { namesOnBothSides } from "../model/names.ts";
import { Broken, inOrder, refuseTwins, Unreadable } from "../model/rejected.ts";
import { changedJobs, sliceOf, withNeeds } from "../model/slice.ts";
import { Symbolic } from "../model/symbolic.ts";
import { FAILURE, SKIPPED, SUCCESS, type World } from "../model/world.ts";
import { noScripts } from "../script-model.ts";
import type { FileSide, ObservableName, ProofInput } from "../types.ts";
import { Vocabulary } from "../variables/vocabulary.ts";

/** Something that can be seen of a run, before and after. */
export interface Observable {
  readonly name: ObservableName;
  readonly kind: "run" | "check" | "needs";
  /** Undefined for the run. */
  readonly jobId: string | undefined;
  readonly before: Diagram;
  readonly after: Diagram;
}

/** One side of a fix, run in all cases at once. */
export interface Side {
  readonly workflow: Workflow;
  readonly ends: ReadonlyMap<string, JobEnd>;
}

/** Both sides over the same variables. */
export interface Sides {
  readonly world: World;
  readonly before: Side;
  readonly after: Side;
  /** The run first. */
  readonly observables: readonly Observable[];
  /** Why it cannot be told that no run is weaker although none that is followed is. */
  readonly doubt: string | undefined;
}

/** What a change does to something cannot be told. The message is a clause without full stop. */
export class Unknowable extends Error {}

/** Runs both sides. Throws `Unreadable`, `Unknowable` and `TooLarge`. */
export function runSides(input: ProofInput): Sides {
  const before = opened(input.file, input.before);
  const after = breaking(() => opened(input.file, input.after));
  const unknown = unknownBody(before, after, input.scripts ?? noScripts);
  if (unknown !== undefined) throw new Unknowable(unknown);
  const logic = new Logic(new Diagrams());
  const files = new Files(input.load);
  const { scripts = noScripts } = input;
  const vocabulary = new Vocabulary();
  const changed = changedJobs(before, after);
  const isTold = (job: Job): boolean => job.steps.some((step) => scripts(step) !== undefined);
  // A job that is known to fail makes a run red whatever is changed elsewhere.
  const told = [...before.jobs, ...after.jobs].filter(isTold).map(({ id }) => id.toLowerCase());
  const seen = withNeeds(before, after, new Set([...sliceOf(before, after, changed), ...told]));
  const slice = withFaulting(before, after, seen, files);
  // Both sides must come to the same answer, or the same job would be two.
  const isUntouched = (job: Job): boolean =>
    !isTold(job) &&
    ((job.workflow !== before && job.workflow !== after) ||
      (!changed.has(job.id.toLowerCase()) && !tellsOthers(job, before) && !tellsOthers(job, after))) &&
    !stepsCanFault(job, files);
  const jobsOf = ({ jobs }: Workflow): readonly Job[] => jobs.filter(({ id }) => slice.has(id.toLowerCase()));
  for (const job of reachable(files, [before, after].flatMap(jobsOf))) vocabulary.add(job);
  const symbolic = new Symbolic(logic, vocabulary);
  const world: World = {
    logic,
    symbolic,
    vocabulary,
    files,
    scripts,
    namesOf: (steps) => {
      const [old] = steps.slice(0, 1).flatMap(({ job }) => alike(job, before, after));
      return old === undefined ? [] : namesOnBothSides(old, steps);
    },
    assumptions: new Set<string>(),
    isUntouched,
    matrixPathsOf: (job) => matrixPaths(alike(job, before, after)),
  };
  const run = (workflow: Workflow): Side => ({
    workflow,
    ends: walkJobs(world, jobsOf(workflow), { prefix: "", depth: 0 }),
  });
  const sides = { world, before: run(before), after: breaking(() => run(after)) };
  return { ...sides, observables: observe(sides), doubt: mayRunLess(before, after) };
}

/** What is done with the file after the change, once the one before it was read. */
function breaking<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof Unreadable ? new Broken(error.message) : error;
  }
}

/** A job of the changed file as it is on both sides; one of any other file is the same on both. */
function alike(job: Job, before: Workflow, after: Workflow): readonly Job[] {
  if (job.workflow !== before && job.workflow !== after) return [job];
  return [...before.jobs, ...after.jobs].filter(({ id }) => id.toLowerCase() === job.id.toLowerCase());
}

function opened(file: string, side: FileSide): Workflow {
  const workflow = side instanceof Uint8Array ? readSide(file, side) : side;
  for (const { steps } of inOrder(workflow.jobs)) refuseTwins(steps);
  return workflow;
}

function readSide(file: string, side: Uint8Array): Workflow {
  const read = readWorkflow(file, side);
  if (!read.ok) throw new Unreadable(read.message);
  if (read.workflow === undefined) throw new Unreadable("the file is no workflow");
  return read.workflow;
}

function observe({ world, before, after }: Omit<Sides, "observables" | "doubt">): readonly Observable[] {
  const { logic } = world;
  const skipped = logic.diagrams.leaf(SKIPPED);
  const found: Observable[] = [
    { name: "run", kind: "run", jobId: undefined, before: runOf(world, before), after: runOf(world, after) },
  ];
  for (const id of new Set([...before.ends.keys(), ...after.ends.keys()])) {
    const [old, now] = [before.ends.get(id), after.ends.get(id)];
    for (const check of new Set([...(old?.checks.keys() ?? []), ...(now?.checks.keys() ?? [])])) {
      found.push({
        name: check === "" ? "the action" : `check of ${check}`,
        kind: "check",
        jobId: id,
        before: old?.checks.get(check) ?? skipped,
        after: now?.checks.get(check) ?? skipped,
      });
    }
    const isRead = [...before.ends.values(), ...after.ends.values()].some(({ job }) =>
      job.needs.ids.some((need) => need.toLowerCase() === id),
    );
    if (isRead)
      found.push({
        name: `needs.${id}.result`,
        kind: "needs",
        jobId: id,
        before: old?.result ?? skipped,
        after: now?.result ?? skipped,
      });
  }
  return found;
}

/** A run fails if a job does that is not forgiven. Any other counts as a success, also one in which all jobs were skipped. */
function runOf({ logic }: World, { ends }: Side): Diagram {
  const leaf = (word: string): Diagram => logic.diagrams.leaf(word);
  const results = [...ends.values()].map(({ result }) => result);
  const failed = logic.any(results.map((result) => logic.is(result, FAILURE)));
  return logic.choose(failed, leaf(FAILURE), leaf(SUCCESS));
}
