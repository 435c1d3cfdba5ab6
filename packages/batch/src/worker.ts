import { setTimeout as sleep } from "node:timers/promises";
import type { FindForge } from "@ci-fix/forge";
import type { Access } from "@ci-fix/git";
import type { Context } from "./context.ts";
import type { Database } from "./database/types.ts";
import { createJudging, type Judging } from "./judging/judging.ts";
import { beat, type Held, reap, takeTickets } from "./ledger/claim.ts";
import { type Ledger, LostLease } from "./ledger/ledger.ts";
import { findCampaign } from "./ledger/settings.ts";
import type { Queue } from "./queue.ts";
import { closeStep } from "./steps/close.ts";
import { landStep } from "./steps/land.ts";
import { lookStep } from "./steps/look.ts";
import { meaningOf, Stopped } from "./steps/outcome.ts";
import { scanStep } from "./steps/scan.ts";
import { takeBackStep } from "./steps/take-back.ts";
import type { Change, Entry, Step } from "./types.ts";

export interface WorkerOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly access: Access;
  readonly findForge: FindForge;
  /** Folder of ci-fix's own, for copies. */
  readonly state: string;
  /** Of ci-fix. */
  readonly version: string;
  /** Unlike that of any other worker. */
  readonly name: string;
  /** Repositories worked on at a time. */
  readonly jobs: number;
  /** Called when a repository is taken up and when it is done with. */
  readonly onProgress?: (entry: Entry, change: Change | undefined) => void;
}

export interface Worker {
  readonly judging: Judging;
  /** Works until `done` says so, when nothing is left in the queue for it. */
  run(done: () => Promise<boolean>): Promise<void>;
}

const BEAT_EVERY = 5000;
const IDLE = 150;
/** Seconds before a disturbance is tried again: 1, 4, 16, … */
const wait = (tries: number): number => Math.min(300, 4 ** tries);

async function runStep(context: Context, entry: Entry, step: Step): Promise<Change> {
  switch (step.kind) {
    case "scan":
      return scanStep(context, entry);
    case "land":
      return landStep(context, entry, step.reach);
    case "take-back":
      return takeBackStep(context, entry, step.ids, step.reach);
    case "close":
      return closeStep(context, entry, step.why);
    case "look":
      return lookStep(context, entry);
  }
}

/** Takes tickets and does what they ask for. Any number of workers may do so, on any number of machines, on one database. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, queue, name } = options;
  const judging = createJudging(database, options.version);
  const ledgers = new Map<string, Promise<Ledger>>();
  const ledgerOf = (campaign: string): Promise<Ledger> => {
    const known = ledgers.get(campaign) ?? findCampaign(database, queue, campaign);
    ledgers.set(campaign, known);
    return known;
  };
  const active = new Set<Promise<void>>();
  const workOn = async (ticket: { id: string; campaign: string; repository: string }): Promise<void> => {
    const ledger = await ledgerOf(ticket.campaign);
    const claimed = await ledger.claim(ticket, name);
    if (claimed.kind !== "entry" || claimed.entry.step === null) return;
    const context: Context = { ...options, ledger, worker: name, judging };
    await settle(context, claimed.entry, claimed.entry.step, options.onProgress);
  };
  const fill = async (): Promise<number> => {
    const free = options.jobs - active.size;
    const tickets = free > 0 ? await takeTickets(database, queue, name, free) : [];
    for (const ticket of tickets) {
      const work: Promise<void> = workOn(ticket).finally(() => active.delete(work));
      active.add(work);
    }
    return tickets.length;
  };
  return {
    judging,
    async run(done) {
      await tidy(options, ledgerOf);
      const timer = setInterval(() => void beat(database, name).catch(() => {}), BEAT_EVERY);
      const cleaner = setInterval(() => void tidy(options, ledgerOf).catch(() => {}), BEAT_EVERY);
      try {
        for (;;) {
          const taken = await fill();
          if (active.size > 0) await Promise.race([...active, ...(active.size < options.jobs ? [sleep(IDLE)] : [])]);
          else if (taken === 0 && (await done())) return;
          else if (taken === 0) await sleep(IDLE);
        }
      } finally {
        clearInterval(timer);
        clearInterval(cleaner);
        await Promise.allSettled(active);
      }
    },
  };
}

/** Does one step and writes what became of it. Only a broken database gets out of here. */
async function settle(
  context: Context,
  entry: Entry,
  step: Step,
  onProgress: WorkerOptions["onProgress"],
): Promise<void> {
  onProgress?.(entry, undefined);
  try {
    const change = await runStep(context, entry, step).catch((error: unknown) => afterError(context, entry, error));
    if (change !== undefined) await context.ledger.finish(entry, { reason: "", detail: "", ...change }, context.worker);
    onProgress?.(entry, change ?? {});
  } catch (error) {
    if (!(error instanceof LostLease)) throw error;
  }
}

/** What an error makes of the repository; undefined where it went back into the queue. */
async function afterError({ ledger }: Context, entry: Entry, error: unknown): Promise<Change | undefined> {
  if (error instanceof LostLease) throw error;
  if (error instanceof Stopped) return error.change;
  const meaning = meaningOf(error);
  if (meaning.kind === "lasts") return meaning.change;
  const { reason, detail, retryAt } = meaning;
  const isTry = retryAt === undefined;
  if (isTry && entry.tries + 1 >= ledger.settings.tries)
    return { state: "failed", reason, detail: `${detail} (tried ${entry.tries + 1} times)` };
  const seconds = retryAt === undefined ? wait(entry.tries) : Math.max(1, (retryAt - Date.now()) / 1000);
  await ledger.postpone(entry, seconds, { isTry, detail });
  return undefined;
}

/** Gives what dead workers held to the living; what killed too many of them is given up. */
async function tidy(
  { database, queue, name }: WorkerOptions,
  ledgerOf: (campaign: string) => Promise<Ledger>,
): Promise<void> {
  const giveUp = async ({ campaign, id }: Pick<Held, "campaign" | "id">): Promise<void> => {
    const ledger = await ledgerOf(campaign);
    const entry = await ledger.entry(id);
    if (entry === undefined || entry.worker !== null) return;
    const detail = "every worker that took it died";
    await ledger.finish(entry, { state: "failed", reason: "dead-letter", detail }, "").catch(() => {});
  };
  for (const held of await reap(database, queue, name)) await giveUp(held);
  for (const { campaign, repository } of await queue.takeDead(50)) await giveUp({ campaign, id: repository });
}
