import type { Job, Step, Workflow } from "@ci-fix/workflow";
import { choiceOf, isWorthTelling } from "../claims/case-book.ts";
import { findCase, termsOf } from "../engine/cases.ts";
import { TooLarge, Diagrams, type Diagram } from "../engine/diagram.ts";
import { Logic } from "../engine/logic.ts";
import { Files, reachable, type Load } from "../model/files.ts";
import { walkJobs, type JobEnd } from "../model/job-walk.ts";
import { matrixPaths } from "../model/matrix-legs.ts";
import { stepNames } from "../model/names.ts";
import { Unreadable } from "../model/rejected.ts";
import type { StepEnd } from "../model/step-walk.ts";
import { Symbolic } from "../model/symbolic.ts";
import { FAILURE } from "../model/world.ts";
import { noScripts, type ScriptModel } from "../script-model.ts";
import type { CaseChoice } from "../types.ts";
import { Vocabulary } from "../variables/vocabulary.ts";

/** How a job can end for those that wait for it. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** Whether something is so in every case of a run, in none, or in some. */
export type Often = "always" | "never" | "sometimes";

export interface StepOutlook {
  readonly step: Step;
  /** Whether it runs, once its job does. */
  readonly runs: Often;
  /** Whether it fails without being forgiven. */
  readonly fails: Often;
  /** The steps of the composite action that it uses, once it runs. */
  readonly inner: readonly StepOutlook[];
}

export interface JobOutlook {
  readonly job: Job;
  readonly runs: Often;
  /** Every `needs.X.result` that it can have. */
  readonly results: ReadonlySet<JobResult>;
  /** Every way in which its check can end; that of a soft-failed job stays red. With a matrix, those of all legs. */
  readonly checks: ReadonlySet<JobResult>;
  readonly steps: readonly StepOutlook[];
}

/** What can become of a workflow, over every case of a run. */
export interface Outlook {
  /** By lower-case id. */
  readonly jobs: ReadonlyMap<string, JobOutlook>;
  /**
   * The plainest case in which a job has this result and the check of another one is not red: how a gate lets it through.
   * Undefined where there is none, which is what a gate should come to. Ids in lower case.
   */
  escape(job: string, result: JobResult, gate: string): readonly CaseChoice[] | undefined;
}

export interface OutlookOptions {
  /** As for a proof. */
  readonly load?: Load;
  readonly scripts?: ScriptModel;
  /**
   * Results that jobs are taken to have, by lower-case id. What such a job waits for and what its steps do is not looked at. This is the only way
   * in which a job is ever cancelled; `cancelled()`, which asks for the run, stays false.
   */
  readonly given?: ReadonlyMap<string, JobResult>;
}

/** Works out what can become of each job and step. A sentence where that cannot be told: the file would be rejected, or has too many cases. */
export function outlookOf(workflow: Workflow, options: OutlookOptions = {}): Outlook | { readonly problem: string } {
  const logic = new Logic(new Diagrams());
  try {
    return told(logic, endsOf(logic, workflow, options));
  } catch (error) {
    if (error instanceof Unreadable) return { problem: `the file would be rejected: ${error.message}` };
    if (error instanceof TooLarge) return { problem: "the cases of this workflow are too many to be told apart" };
    throw error;
  }
}

function endsOf(
  logic: Logic,
  workflow: Workflow,
  { load, scripts = noScripts, given }: OutlookOptions,
): ReadonlyMap<string, JobEnd> {
  const files = new Files(load);
  const vocabulary = new Vocabulary();
  const isUntouched = (): boolean => false;
  for (const job of reachable(files, workflow.jobs)) vocabulary.add(job);
  const symbolic = new Symbolic(logic, vocabulary);
  const assumptions = new Set<string>();
  const matrixPathsOf = (job: Job): readonly string[] | undefined => matrixPaths([job]);
  const world = {
    logic,
    symbolic,
    vocabulary,
    files,
    scripts,
    namesOf: stepNames,
    isUntouched,
    matrixPathsOf,
    assumptions,
  };
  return walkJobs(world, workflow.jobs, { prefix: "", depth: 0, ...(given === undefined ? {} : { given }) });
}

function told(logic: Logic, ends: ReadonlyMap<string, JobEnd>): Outlook {
  const red = ({ checks }: JobEnd): Diagram => logic.any([...checks.values()].map((check) => logic.is(check, FAILURE)));
  return {
    jobs: new Map([...ends].map(([id, end]) => [id, jobOutlook(logic, end)])),
    escape(job, result, gate) {
      const [of, watched] = [ends.get(job), ends.get(gate)];
      if (of === undefined || watched === undefined) return undefined;
      const escaped = logic.and(logic.is(of.result, result), logic.not(red(watched)));
      return findCase(logic.diagrams, escaped)?.filter(isWorthTelling).map(choiceOf);
    },
  };
}

function jobOutlook(logic: Logic, { job, runs, result, checks, steps }: JobEnd): JobOutlook {
  return {
    job,
    runs: oftenIn([runs]),
    results: new Set(termsOf(result) as ReadonlySet<JobResult>),
    checks: new Set([...checks.values()].flatMap((check) => [...(termsOf(check) as ReadonlySet<JobResult>)])),
    steps: stepOutlooks(logic, steps, () => runs),
  };
}

/** Steps of all legs together, in the cases in which what holds them runs. */
function stepOutlooks(
  logic: Logic,
  ends: readonly StepEnd[],
  within: (end: StepEnd) => Diagram,
): readonly StepOutlook[] {
  const byStep = new Map<Step, readonly StepEnd[]>();
  for (const end of ends) byStep.set(end.step, [...(byStep.get(end.step) ?? []), end]);
  return [...byStep].map(([step, same]) => {
    const often = (of: (end: StepEnd) => Diagram): Often =>
      oftenIn(same.map((end) => logic.choose(within(end), of(end), logic.diagrams.leaf(null))));
    const holders = new Map(same.flatMap((end) => end.inner.map((inner) => [inner, end.runs] as const)));
    const inner = stepOutlooks(logic, [...holders.keys()], (end) => holders.get(end) ?? logic.no);
    return { step, runs: often((end) => end.runs), fails: often((end) => end.hardFailure), inner };
  });
}

/** Of true and false; anything else is no case of it. */
function oftenIn(diagrams: readonly Diagram[]): Often {
  const terms = new Set(diagrams.flatMap((diagram) => [...termsOf(diagram)]));
  if (!terms.has(true)) return "never";
  return terms.has(false) ? "sometimes" : "always";
}
