import type { SkipReason } from "@ci-fix/codemod";
import { statusFunctions } from "@ci-fix/expression";
import { workflowEdits, type Edit, type Job } from "@ci-fix/workflow";
import { needsSuccess } from "./fate.ts";
import { inFileOrder, needed } from "./job-index.ts";
import { isBlindToSkipped } from "./needs-reading.ts";

export interface Refusal {
  readonly reason: SkipReason;
  readonly message: string;
}

/** The jobs that run, seen from those that never do. */
export class LiveJobs {
  readonly #allDead: ReadonlySet<Job>;
  /** True if any dead job waits for a live one: without that, no live job waits for another through a dead one. */
  readonly #hidesOrder: boolean;
  readonly #orders = new Map<Job, Refusal | undefined>();

  /** `allDead` are those of the whole workflow: others of them may go at the same time. */
  constructor(allDead: ReadonlySet<Job>) {
    this.#allDead = allDead;
    this.#hidesOrder = [...allDead].some((job) => needed(job).some((other) => !allDead.has(other)));
  }

  /** The edits that take dead jobs out of the needs of live ones, or why that would change something. */
  release(dead: ReadonlySet<Job>): readonly Edit[] | Refusal {
    const edits: Edit[] = [];
    for (const [job, gone] of waitingFor(dead)) {
      const refusal =
        conditionRefusal(job) ?? readerRefusal(job, gone) ?? this.#orderRefusal(job) ?? downstreamRefusal(job, dead);
      if (refusal !== undefined) return refusal;
      const ids = inFileOrder(gone).map((other) => other.id);
      edits.push(...workflowEdits.removeNeeds(job, ids));
    }
    return edits;
  }

  #orderRefusal(live: Job): Refusal | undefined {
    if (!this.#hidesOrder) return undefined;
    if (!this.#orders.has(live)) this.#orders.set(live, orderRefusal(live, this.#allDead));
    return this.#orders.get(live);
  }
}

/** Live jobs, each with the dead ones that it needs. */
function waitingFor(dead: ReadonlySet<Job>): ReadonlyMap<Job, ReadonlySet<Job>> {
  const waiting = new Map<Job, Set<Job>>();
  for (const job of dead) {
    for (const live of job.dependents) {
      if (dead.has(live)) continue;
      const gone = waiting.get(live);
      if (gone === undefined) waiting.set(live, new Set([job]));
      else gone.add(job);
    }
  }
  return waiting;
}

function conditionRefusal(job: Job): Refusal | undefined {
  if (job.condition.constant === false) {
    return {
      reason: "needs-person",
      message: `job ${job.id} needs it and has a condition that was switched off: restore that first`,
    };
  }
  const { tree } = job.condition.parsed;
  if (tree !== undefined && !statusFunctions(tree).includes("success")) return undefined;
  return {
    reason: "changes-a-live-unit",
    message: `job ${job.id} needs it and asks for success(), which would no longer see it skipped`,
  };
}

function readerRefusal(live: Job, dead: ReadonlySet<Job>): Refusal | undefined {
  for (const job of dead) {
    const named = job.readers.some((reader) => reader.job === live);
    if (named)
      return { reason: "read-elsewhere", message: `job ${live.id} reads the result or the outputs of job ${job.id}` };
    const whole = job.wholeNeedsReaders.filter((reader) => reader.job === live);
    if (whole.some((reader) => !isBlindToSkipped(reader))) {
      return {
        reason: "positional-reader",
        message: `job ${live.id} reads the results of all that it needs, and would see one fewer`,
      };
    }
  }
  return undefined;
}

/** A live job also waits for what the dead one waited for. */
function orderRefusal(live: Job, allDead: ReadonlySet<Job>): Refusal | undefined {
  const left = ancestors(live, allDead);
  const lost = [...ancestors(live, new Set())].filter((job) => !allDead.has(job) && !left.has(job));
  if (lost.length === 0) return undefined;
  const names = lost.map((job) => job.id).join(", ");
  return {
    reason: "changes-a-live-unit",
    message: `job ${live.id} waits through it for ${names}, and would start earlier`,
  };
}

/** Success looks at all ancestors: behind a live job, what was skipped because of the dead one would begin to run. */
function downstreamRefusal(live: Job, dead: ReadonlySet<Job>): Refusal | undefined {
  const seen = new Set([live]);
  for (const job of seen) {
    for (const next of job.dependents) {
      if (dead.has(next) || seen.has(next)) continue;
      seen.add(next);
      const { tree } = next.condition.parsed;
      const asks = needsSuccess(next.condition) || tree === undefined || statusFunctions(tree).includes("success");
      if (asks && next.condition.constant !== false) {
        return {
          reason: "changes-a-live-unit",
          message: `job ${next.id} comes after job ${live.id} and is skipped with it today; it could begin to run`,
        };
      }
    }
  }
  return undefined;
}

function ancestors(job: Job, except: ReadonlySet<Job>): ReadonlySet<Job> {
  const seen = new Set(needed(job).filter((other) => !except.has(other)));
  for (const one of seen) for (const other of needed(one)) if (!except.has(other)) seen.add(other);
  return seen;
}
