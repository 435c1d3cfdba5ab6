import { readWorkflow, type Job, type Workflow } from "@ci-fix/workflow";
import { noScripts, type ScriptModel } from "../script-model.ts";
import { collectDomains } from "./domains.ts";
import { outermost, playJobs, type JobResult, type Stage } from "./jobs.ts";
import type { Answer, Oracle } from "./oracle.ts";

export type Load = (path: string) => Uint8Array | undefined;

/** What can be seen of one side in one case, by the name of the observable; absent is skipped. */
export type Seen = ReadonlyMap<string, string>;

/** Both sides in one case. */
export interface Played {
  readonly before: Seen;
  readonly after: Seen;
  /** True where every unit that was asked ended well and every condition could be evaluated. */
  readonly isWell: boolean;
  /** Checks of jobs that wait, in the file after, for one that has failed there and had not before. */
  readonly behindRed: ReadonlySet<string>;
}

/** Two files that are played side by side, the same questions answered alike. */
export class Playground {
  readonly #before: Workflow;
  readonly #after: Workflow;
  readonly #load: Load;
  readonly #scripts: ScriptModel;
  readonly #opened = new Map<string, Workflow | undefined>();
  readonly #domains: ReadonlyMap<string, readonly Answer[]>;

  constructor(before: Workflow, after: Workflow, load: Load | undefined, scripts: ScriptModel = noScripts) {
    this.#before = before;
    this.#after = after;
    this.#load = load ?? (() => undefined);
    this.#scripts = scripts;
    this.#domains = collectDomains([...this.#jobs()]);
  }

  play(oracle: Oracle): Played {
    const stage: Stage = {
      oracle,
      domains: this.#domains,
      scripts: this.#scripts,
      called: (uses) => this.#called(uses),
      composite: (uses) => this.#composite(uses),
      bothOf: (job) => this.#bothOf(job),
    };
    const before = playJobs(stage, this.#before.jobs, outermost);
    const after = playJobs(stage, this.#after.jobs, outermost);
    const answers = [...oracle.asked];
    const needed = new Set([...neededIn(before), ...neededIn(after)]);
    return {
      before: observed(before, needed),
      after: observed(after, needed),
      isWell: answers.every(([key, answer]) =>
        key.startsWith("outcome ") ? answer === "success" : typeof answer !== "object",
      ),
      behindRed: behindRed(before, after),
    };
  }

  /** Every job that is played, those of called files once each. */
  *#jobs(): IterableIterator<Job> {
    const seen = new Set([this.#before, this.#after]);
    // The set grows while it is walked.
    for (const workflow of seen) {
      for (const job of workflow.jobs) {
        yield job;
        for (const used of [
          this.#called(job.calls ?? ""),
          ...job.steps.map(({ action }) => this.#composite(action?.name ?? "")),
        ])
          if (used !== undefined) seen.add(used);
      }
    }
  }

  #bothOf(job: Job): readonly Job[] {
    if (job.workflow !== this.#before && job.workflow !== this.#after) return [job];
    const id = job.id.toLowerCase();
    return [...this.#before.jobs, ...this.#after.jobs].filter((each) => each.id.toLowerCase() === id);
  }

  #called(uses: string): Workflow | undefined {
    const workflow = uses.startsWith("./") ? this.#open(uses.slice(2)) : undefined;
    return workflow?.kind === "workflow" ? workflow : undefined;
  }

  #composite(uses: string): Workflow | undefined {
    if (!uses.startsWith("./")) return undefined;
    const folder = uses.slice(2).replace(/\/+$/u, "");
    const stem = folder === "" || folder === "." ? "action" : `${folder}/action`;
    const found = [`${stem}.yml`, `${stem}.yaml`].map((path) => this.#open(path));
    return found.find((workflow) => workflow?.kind === "composite-action");
  }

  #open(path: string): Workflow | undefined {
    if (!this.#opened.has(path)) {
      const bytes = path.split("/").includes("..") ? undefined : this.#load(path);
      const read = bytes === undefined ? undefined : readWorkflow(path, bytes);
      this.#opened.set(path, read?.ok === true ? read.workflow : undefined);
    }
    return this.#opened.get(path);
  }
}

/** A result that nobody waits for, on either side, is seen by nobody. */
function neededIn(jobs: ReadonlyMap<string, JobResult>): readonly string[] {
  return [...jobs.values()].flatMap(({ job }) => job.needs.ids.map((id) => id.toLowerCase()));
}

function observed(jobs: ReadonlyMap<string, JobResult>, needed: ReadonlySet<string>): Seen {
  const seen = new Map<string, string>();
  const results = [...jobs.values()].map(({ result }) => result);
  seen.set("run", results.includes("failure") ? "failure" : "success");
  for (const [id, { result, checks }] of jobs) {
    for (const [name, check] of checks) seen.set(name === "" ? "the action" : `check of ${name}`, check);
    if (needed.has(id)) seen.set(`needs.${id}.result`, result);
  }
  return seen;
}

function behindRed(before: ReadonlyMap<string, JobResult>, after: ReadonlyMap<string, JobResult>): ReadonlySet<string> {
  const isRed = (id: string): boolean => after.get(id)?.result === "failure" && before.get(id)?.result !== "failure";
  return new Set(
    [...after].flatMap(([id, { checks, behind }]) =>
      [...behind].some(isRed) ? [`needs.${id}.result`, ...[...checks.keys()].map((name) => `check of ${name}`)] : [],
    ),
  );
}
