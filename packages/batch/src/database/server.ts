import { CiFixError } from "@ci-fix/codemod";
import type { Pool, PoolClient } from "pg";
import type { Database, Queries } from "./types.ts";

function queriesOn(connection: Pool | PoolClient): Queries {
  return {
    async query<T>(sql: string, values?: readonly unknown[]) {
      const result = await connection.query(sql, values === undefined ? undefined : [...values]);
      // Several statements give one result each.
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      return (last as { rows: T[] }).rows;
    },
  };
}

/**
 * Connects to a Postgres. The address may hold a password; no error repeats it.
 * @throws CiFixError `CI_FIX_NO_DATABASE`
 */
export async function openServer(address: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: address, max: 10, application_name: "ci-fix" });
  // A connection that breaks while it is idle is replaced; a query on it tells.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const queries = queriesOn(pool);
  await queries.query("select 1").catch(async (error: unknown) => {
    await pool.end();
    const words = error instanceof Error ? error.message : String(error);
    throw new CiFixError("CI_FIX_NO_DATABASE", `the database does not answer: ${words.replaceAll(address, "…")}`, {
      hint: "check --database or CI_FIX_DATABASE: postgres://user@host:5432/name",
    });
  });
  return {
    kind: "server",
    ...queries,
    close: () => pool.end(),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const result = await work(queriesOn(client));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
  };
}
