import { NOW } from "../database/schema.ts";
import type { Database, Queries } from "../database/types.ts";
import type { PutOptions, Queue, Ticket } from "../queue.ts";
import type { Change, Entry, Settings, State, Step } from "../types.ts";
import { claim, type Claimed } from "./claim.ts";
import { assignments, readEntry } from "./rows.ts";

/** A worker lost its repository to another one: it was taken for dead. What it meant to write is dropped. */
export class LostLease extends Error {}

/** One campaign's entries. Every change of state is written with its event in one transaction. */
export interface Ledger {
  readonly database: Database;
  readonly queue: Queue;
  readonly campaign: string;
  readonly settings: Settings;
  entry(id: string): Promise<Entry | undefined>;
  /** All entries, or those of some states, by id, a few at a time: the memory does not grow with the fleet. */
  entries(states?: readonly State[]): AsyncGenerator<Entry>;
  counts(): Promise<ReadonlyMap<State, number>>;
  /** Writes what became of a repository. With a worker's name, only while the repository is that worker's (else `LostLease`). */
  record(id: string, change: Change, worker?: string): Promise<Entry>;
  /** The same, and ends the ticket. A failure keeps its step, so that `retry` knows what to do again. */
  finish(entry: Entry, change: Change, worker: string): Promise<void>;
  /** Puts the repository back into the queue for later. */
  postpone(entry: Entry, seconds: number, options: { readonly isTry: boolean; readonly detail: string }): Promise<void>;
  /**
   * Asks for a step for these repositories. Those that somebody works on just now keep what they are at, and so do those that were asked in
   * the same round before, if a round is given.
   */
  request(ids: readonly string[], step: Step, round?: number): Promise<void>;
  claim(ticket: Ticket, worker: string): Promise<Claimed>;
  /** Tickets of this campaign that are still open. */
  open(): Promise<number>;
}

const PAGE = 200;

async function writeEvent(queries: Queries, entry: Entry): Promise<void> {
  const { state, reason, detail, head, plan, tip, pushed, pull, tries } = entry;
  const told = { reason, detail, head, plan, tip, pushed, pull, tries };
  const known = Object.entries(told).filter(([, value]) => value !== null && value !== "" && value !== 0);
  await queries.query(
    `insert into ci_fix.event (campaign, repository, name, at, state, detail) values ($1, $2, $3, ${NOW}, $4, $5::jsonb)`,
    [entry.campaign, entry.id, entry.name, state, JSON.stringify(Object.fromEntries(known))],
  );
}

/** Changes one row; undefined where it is not the worker's any more. */
async function change(
  queries: Queries,
  [campaign, id]: readonly [string, string],
  fields: Partial<Entry>,
  worker?: string,
): Promise<Entry | undefined> {
  const set = assignments(fields, 4);
  const sql = `update ci_fix.repository set updated = ${NOW}${set.sql === "" ? "" : `, ${set.sql}`}
    where campaign = $1 and id = $2 and ($3::text is null or worker = $3) returning *`;
  const [row] = await queries.query(sql, [campaign, id, worker ?? null, ...set.values]);
  return row === undefined ? undefined : readEntry(row);
}

/** A failure keeps its step, so that `retry` knows what to do again. */
function whenDone(entry: Entry, { state }: Change): Partial<Entry> {
  const done = { ticket: null, worker: null, nextAt: null };
  return state === "failed" ? { ...done, failedIn: entry.state } : { ...done, failedIn: null, step: null, tries: 0 };
}

function postpone(
  database: Database,
  queue: Queue,
  entry: Entry,
  { isTry, detail, ...when }: Required<PutOptions> & { readonly isTry: boolean; readonly detail: string },
): Promise<void> {
  const { campaign, id } = entry;
  return database.transaction(async (queries) => {
    if (entry.ticket !== null) await queue.end(queries, entry.ticket);
    const [ticket = null] = await queue.put(queries, [{ campaign, repository: id }], when);
    const nextAt = Date.now() + when.seconds * 1000;
    const tries = entry.tries + (isTry ? 1 : 0);
    await change(queries, [campaign, id], { ticket, worker: null, detail, nextAt, tries });
  });
}

export function openCampaign(database: Database, queue: Queue, campaign: string, settings: Settings): Ledger {
  const write = async (queries: Queries, id: string, fields: Partial<Entry>, worker?: string): Promise<Entry> => {
    const entry = await change(queries, [campaign, id], fields, worker);
    if (entry === undefined) throw new LostLease(`another worker has ${id}`);
    if (fields.state !== undefined) await writeEvent(queries, entry);
    return entry;
  };
  return {
    database,
    queue,
    campaign,
    settings,
    async entry(id) {
      const [row] = await database.query("select * from ci_fix.repository where campaign = $1 and id = $2", [
        campaign,
        id,
      ]);
      return row === undefined ? undefined : readEntry(row);
    },
    entries: (states) => pages(database, campaign, states),
    counts: () => countStates(database, campaign),
    record: (id, fields, worker) => database.transaction((queries) => write(queries, id, fields, worker)),
    finish: (entry, fields, worker) =>
      database.transaction(async (queries) => {
        await write(queries, entry.id, { ...fields, ...whenDone(entry, fields) }, worker);
        if (entry.ticket !== null) await queue.end(queries, entry.ticket);
      }),
    postpone: (entry, seconds, options) =>
      postpone(database, queue, entry, { seconds, deaths: settings.deaths, ...options }),
    request: (ids, step, round) => request({ database, queue, campaign, settings }, ids, step, round),
    claim: (ticket, worker) => claim(database, queue, settings, ticket, worker),
    async open() {
      const [row] = await database.query<{ n: number }>(
        "select count(*)::int as n from ci_fix.repository where campaign = $1 and ticket is not null",
        [campaign],
      );
      return row?.n ?? 0;
    },
  };
}

async function countStates(queries: Queries, campaign: string): Promise<ReadonlyMap<State, number>> {
  const rows = await queries.query<{ state: State; n: number }>(
    "select state, count(*)::int as n from ci_fix.repository where campaign = $1 group by state",
    [campaign],
  );
  return new Map(rows.map(({ state, n }) => [state, n]));
}

async function* pages(database: Database, campaign: string, states?: readonly State[]): AsyncGenerator<Entry> {
  let after = "";
  for (;;) {
    const rows = await database.query(
      `select * from ci_fix.repository where campaign = $1 and id > $2 and ($3::text[] is null or state = any($3))
       order by id limit ${PAGE}`,
      [campaign, after, states ?? null],
    );
    const entries = rows.map(readEntry);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return;
    after = last.id;
  }
}

async function request(
  { database, queue, campaign, settings }: Pick<Ledger, "database" | "queue" | "campaign" | "settings">,
  ids: readonly string[],
  step: Step,
  round: number | undefined,
): Promise<void> {
  for (let at = 0; at < ids.length; at += PAGE) {
    await database.transaction(async (queries) => {
      const rows = await queries.query<{ id: string; ticket: string | null }>(
        `update ci_fix.repository set step = $3::jsonb, tries = 0, next_at = null, round = coalesce($4, round)
         where campaign = $1 and id = any($2) and worker is null and ($4::int is null or round <> $4)
         returning id, ticket`,
        [campaign, ids.slice(at, at + PAGE), JSON.stringify(step), round ?? null],
      );
      const fresh = rows.filter(({ ticket }) => ticket === null).map(({ id }) => id);
      const wanted = fresh.map((repository) => ({ campaign, repository }));
      const tickets = await queue.put(queries, wanted, { deaths: settings.deaths });
      await queries.query(
        `update ci_fix.repository r set ticket = t.ticket from unnest($2::text[], $3::text[]) as t(id, ticket)
         where r.campaign = $1 and r.id = t.id`,
        [campaign, fresh, tickets],
      );
    });
  }
}
