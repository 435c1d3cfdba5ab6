import type { FindPaceMemory, PaceState } from "@ci-fix/forge";
import { NOW } from "../database/schema.ts";
import type { Database, Queries } from "../database/types.ts";

type Use = PaceState["uses"][number];

/** Alone with the pace of this name until the transaction ends. */
async function read(queries: Queries, name: string): Promise<{ state: PaceState; now: number }> {
  await queries.query("insert into ci_fix.pace (name, promised) values ($1, 0) on conflict do nothing", [name]);
  const [row] = await queries.query<{ promised: number; now: number }>(
    `select promised, ${NOW}::float8 as now from ci_fix.pace where name = $1 for update`,
    [name],
  );
  if (row === undefined) throw new Error("the ledger lost a pace");
  const rows = await queries.query<{ id: string; started: number; ended: number | null }>(
    "select id, started, ended from ci_fix.creation where pace = $1 order by started, id",
    [name],
  );
  const uses = rows.map(({ id, started, ended }): Use => ({
    id,
    start: started,
    ...(ended !== null && { end: ended }),
  }));
  return { state: { uses, promised: row.promised }, now: row.now };
}

/** Writes what has changed, and no more: the embedded database does not give room back that was written over. */
async function write(queries: Queries, name: string, before: PaceState, { uses, promised }: PaceState): Promise<void> {
  const known = new Map(before.uses.map((use) => [use.id, use]));
  for (const { id, start, end } of uses) {
    if (known.has(id) && known.get(id)?.end === end) continue;
    await queries.query(
      `insert into ci_fix.creation (pace, id, started, ended) values ($1, $2, $3, $4)
       on conflict (pace, id) do update set ended = excluded.ended`,
      [name, id, start, end ?? null],
    );
  }
  const left = new Set(uses.map(({ id }) => id));
  const gone = [...known.keys()].filter((id) => !left.has(id));
  if (gone.length > 0)
    await queries.query("delete from ci_fix.creation where pace = $1 and id = any($2)", [name, gone]);
  if (promised !== before.promised)
    await queries.query("update ci_fix.pace set promised = $2 where name = $1", [name, promised]);
}

/** Keeps paces in the database, by its clock: for all workers together, and over the end of each of them. */
export function paceMemory(database: Database): FindPaceMemory {
  return (name) => ({
    change: (work) =>
      database.transaction(async (queries) => {
        const { state, now } = await read(queries, name);
        const before = structuredClone(state);
        const result = work(state, now);
        await write(queries, name, before, state);
        return result;
      }),
  });
}
