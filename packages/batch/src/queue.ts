import { randomUUID } from "node:crypto";
import type PgBoss from "pg-boss";
import type { Database, Queries } from "./database/types.ts";

/** A place in the queue: this repository of that campaign wants work. What work, its entry in the ledger says. */
export interface Ticket {
  readonly id: string;
  readonly campaign: string;
  readonly repository: string;
}

export interface PutOptions {
  /** Until it can be taken; 0 for at once. */
  readonly seconds?: number;
  /** How many workers may die over it. */
  readonly deaths: number;
}

/** Tickets for repositories, shared by all workers. */
export interface Queue {
  /** Puts tickets into the queue, in the transaction that writes them to the ledger. Returns their ids, in order. */
  put(queries: Queries, repositories: readonly Omit<Ticket, "id">[], options: PutOptions): Promise<string[]>;
  /** Takes up to so many tickets, in the transaction that writes down who has them. A ticket that is taken is nobody else's. */
  take(queries: Queries, most: number): Promise<Ticket[]>;
  /** Ends a ticket, in the transaction that writes what became of it. */
  end(queries: Queries, id: string): Promise<void>;
  /** Gives tickets of a worker that died to the others; false for one that killed too many workers, which goes to the dead letters. */
  giveBack(queries: Queries, id: string): Promise<boolean>;
  /** Tickets that killed too many workers. Each is told once. */
  takeDead(most: number): Promise<Ticket[]>;
}

const QUEUE = "ci-fix";
const DEAD = "ci-fix-dead";

function wrapped(queries: Queries): PgBoss.Db {
  return {
    executeSql: async (text, values?: unknown[]) => ({ rows: await queries.query(text, values ?? []) }),
  };
}

async function startBoss(database: Database): Promise<PgBoss> {
  const { default: Boss } = await import("pg-boss");
  const boss = new Boss({ schema: "ci_fix_queue", db: wrapped(database), supervise: false, schedule: false });
  boss.on("error", () => {});
  const make = async (): Promise<void> => {
    await boss.start();
    await boss.createQueue(DEAD);
    await boss.createQueue(QUEUE);
  };
  // Two machines that make queues at once lock each other out. The embedded database has one connection, and one process.
  if (database.kind === "embedded") await make();
  else {
    await database.transaction(async (queries) => {
      await queries.query("select pg_advisory_xact_lock(hashtext($1))", ["ci-fix queue"]);
      await make();
    });
  }
  return boss;
}

/** What one ticket is to pg-boss. It is held while its worker's heart beats, which the ledger watches; hours are a last resort. */
const JOB = { name: QUEUE, deadLetter: DEAD, retryDelay: 0, expireInSeconds: 23 * 3600 };

/** A queue of pg-boss in the ledger's own database. */
export async function openQueue(database: Database): Promise<Queue> {
  const boss = await startBoss(database);
  const take = async (queries: Queries, name: string, most: number): Promise<Ticket[]> => {
    const jobs = await boss.fetch<Omit<Ticket, "id">>(name, { batchSize: most, db: wrapped(queries) });
    return jobs.map(({ id, data }) => ({ ...data, id }));
  };
  return {
    async put(queries, repositories, { seconds = 0, deaths }) {
      const ids = repositories.map(() => randomUUID());
      const jobs = repositories.map((data, index) => ({
        id: ids[index] ?? "",
        ...JOB,
        retryLimit: deaths,
        data,
        // Read as an interval: the database's clock counts.
        ...(seconds > 0 ? { startAfter: `${Math.ceil(seconds)}` } : {}),
      }));
      if (jobs.length > 0) await boss.insert(jobs, { db: wrapped(queries) });
      return ids;
    },
    take: (queries, most) => take(queries, QUEUE, most),
    async end(queries, id) {
      await boss.deleteJob(QUEUE, id, { db: wrapped(queries) });
    },
    async giveBack(queries, id) {
      await boss.fail(QUEUE, id, {}, { db: wrapped(queries) });
      const [job] = await queries.query<{ state: string }>(
        "select state from ci_fix_queue.job where name = $1 and id = $2",
        [QUEUE, id],
      );
      return job?.state === "retry";
    },
    async takeDead(most) {
      const dead = await take(database, DEAD, most);
      for (const { id } of dead) await boss.deleteJob(DEAD, id);
      return dead;
    },
  };
}
