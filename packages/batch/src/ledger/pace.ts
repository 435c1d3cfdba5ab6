import { emptyPace, type FindPaceMemory, type PaceState } from "@ci-fix/forge";
import { NOW } from "../database/schema.ts";
import type { Database } from "../database/types.ts";

/** Keeps paces in the database, by its clock: for all workers together, and over the end of each of them. */
export function paceMemory(database: Database): FindPaceMemory {
  return (name) => ({
    change: (work) =>
      database.transaction(async (queries) => {
        await queries.query("insert into ci_fix.pace (name, state) values ($1, $2::jsonb) on conflict do nothing", [
          name,
          JSON.stringify(emptyPace()),
        ]);
        const [row] = await queries.query<{ state: PaceState; now: number }>(
          `select state, ${NOW}::float8 as now from ci_fix.pace where name = $1 for update`,
          [name],
        );
        if (row === undefined) throw new Error("the ledger lost a pace");
        const result = work(row.state, row.now);
        await queries.query("update ci_fix.pace set state = $2::jsonb where name = $1", [
          name,
          JSON.stringify(row.state),
        ]);
        return result;
      }),
  });
}
