import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { isAlive } from "../database/lock.ts";
import { NOW } from "../database/schema.ts";
import type { Database, Queries } from "../database/types.ts";
import type { Queue, Ticket } from "../queue.ts";
import type { Entry, Settings } from "../types.ts";
import { readEntry } from "./rows.ts";

/** `stale`: the ticket is of no use any more; `busy`: its host or organisation is worked on enough. */
export type Claimed = { readonly kind: "entry"; readonly entry: Entry } | { readonly kind: "stale" | "busy" };

/** Milliseconds after which a worker that has not been heard of counts as dead. */
export const DEAD_AFTER = 30_000;

async function isBusy(queries: Queries, entry: Entry, settings: Settings): Promise<boolean> {
  if (entry.host === "") return false;
  // Two workers that look at once would both find room.
  await queries.query("select pg_advisory_xact_lock(hashtext($1))", [`ci-fix ${entry.host}`]);
  const [held] = await queries.query<{ host: number; organisation: number }>(
    `select count(*)::int as host, (count(*) filter (where organisation = $2))::int as organisation
     from ci_fix.repository where host = $1 and held and worker is not null and beat > ${NOW} - ${DEAD_AFTER}`,
    [entry.host, entry.organisation],
  );
  return held !== undefined && (held.host >= settings.perHost || held.organisation >= settings.perOrganisation);
}

/** Seconds until a repository is looked at again whose host has enough to do. */
const BUSY_SECONDS = 1;

/** Makes a repository a worker's own, unless its host or organisation has enough to do; then it goes back into the queue. */
export function claim(
  database: Database,
  queue: Queue,
  settings: Settings,
  ticket: Ticket,
  worker: string,
): Promise<Claimed> {
  const at = [ticket.campaign, ticket.repository];
  return database.transaction(async (queries) => {
    const [row] = await queries.query("select * from ci_fix.repository where campaign = $1 and id = $2 for update", at);
    const entry = row === undefined ? undefined : readEntry(row);
    if (entry !== undefined && entry.ticket === ticket.id && entry.worker !== worker) return { kind: "stale" };
    if (entry === undefined || entry.ticket !== ticket.id || entry.step === null) {
      await queue.end(queries, ticket.id);
      return { kind: "stale" };
    }
    if (await isBusy(queries, entry, settings)) {
      await queue.end(queries, ticket.id);
      const { campaign, repository } = ticket;
      const [next] = await queue.put(queries, [{ campaign, repository }], {
        seconds: BUSY_SECONDS,
        deaths: settings.deaths,
      });
      await queries.query("update ci_fix.repository set ticket = $3, worker = null where campaign = $1 and id = $2", [
        ...at,
        next,
      ]);
      return { kind: "busy" };
    }
    await queries.query(
      `update ci_fix.repository set worker = $3, beat = ${NOW}, held = true where campaign = $1 and id = $2`,
      [...at, worker],
    );
    return { kind: "entry", entry: { ...entry, worker } };
  });
}

/**
 * Takes tickets for a worker. From then on they are its own, so that a death at any moment is noticed; whether its repository is worked on at
 * once is for `claim` to say.
 */
export function takeTickets(database: Database, queue: Queue, worker: string, most: number): Promise<Ticket[]> {
  return database.transaction(async (queries) => {
    const tickets = await queue.take(queries, most);
    const ids = tickets.map(({ id }) => id);
    if (ids.length > 0) {
      const sql = `update ci_fix.repository set worker = $1, beat = ${NOW}, held = false where ticket = any($2)`;
      await queries.query(sql, [worker, ids]);
    }
    return tickets;
  });
}

/** True when nobody has anything to do, in any campaign. */
export async function isIdle(database: Database): Promise<boolean> {
  return (await database.query("select 1 from ci_fix.repository where ticket is not null limit 1")).length === 0;
}

/** Says that a worker is alive, for all that it holds. */
export async function beat(database: Database, worker: string): Promise<void> {
  await database.query(`update ci_fix.repository set beat = ${NOW} where worker = $1`, [worker]);
}

export interface Held {
  readonly campaign: string;
  readonly id: string;
  readonly ticket: string | null;
}

/** The name of this process as a worker. */
export function workerName(): string {
  return `${hostname()} ${process.pid} ${randomBytes(4).toString("hex")}`;
}

/** Whether a worker is known to be gone: a process of this machine that does not run any more. */
function isGone(worker: string): boolean {
  const [host, pid] = worker.split(" ");
  return host === hostname() && !isAlive(Number(pid));
}

/** Lets the heart of workers of this machine that are gone stop at once, instead of waiting for the silence. */
async function noticeDeaths(queries: Queries): Promise<void> {
  const rows = await queries.query<{ worker: string }>(
    "select distinct worker from ci_fix.repository where worker is not null",
  );
  const gone = rows.map(({ worker }) => worker).filter(isGone);
  if (gone.length > 0) await queries.query("update ci_fix.repository set beat = 0 where worker = any($1)", [gone]);
}

/**
 * Gives the repositories of dead workers to the others. Those that brought down too many workers are returned: nobody gets them any more.
 * With an embedded database nobody else can be at work, so all that is held was left behind when a person or the machine ended the run;
 * that is not held against the repository. What `self` holds is never taken from it.
 */
export function reap(database: Database, queue: Queue, self: string): Promise<readonly Held[]> {
  const silence = database.kind === "embedded" ? 0 : DEAD_AFTER;
  return database.transaction(async (queries) => {
    await noticeDeaths(queries);
    const held = await queries.query<Held>(
      `update ci_fix.repository set worker = null, beat = null
       where (campaign, id) in (select campaign, id from ci_fix.repository where worker <> $2 and beat <= ${NOW} - $1
       for update skip locked) returning campaign, id, ticket`,
      [silence, self],
    );
    const dead: Held[] = [];
    for (const entry of held) {
      if (entry.ticket === null) continue;
      if (database.kind === "embedded") await renew(queries, queue, entry);
      else if (!(await queue.giveBack(queries, entry.ticket))) dead.push(entry);
    }
    return dead;
  });
}

async function renew(queries: Queries, queue: Queue, { campaign, id, ticket }: Held): Promise<void> {
  if (ticket !== null) await queue.end(queries, ticket);
  const [next] = await queue.put(queries, [{ campaign, repository: id }], { deaths: 0 });
  await queries.query("update ci_fix.repository set ticket = $3 where campaign = $1 and id = $2", [campaign, id, next]);
}
