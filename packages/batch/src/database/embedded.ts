import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CiFixError } from "@ci-fix/codemod";
import type { PGlite, Transaction } from "@electric-sql/pglite";
import { lock } from "./lock.ts";
import type { Database, Queries } from "./types.ts";

async function loadPGlite(): Promise<typeof PGlite> {
  try {
    return (await import("@electric-sql/pglite")).PGlite;
  } catch (cause) {
    throw new CiFixError("CI_FIX_NO_DATABASE", "the embedded database of ci-fix batch is not installed", {
      hint: "npm install @electric-sql/pglite@0.5.16, or give a Postgres with --database",
      cause,
    });
  }
}

function queriesOn(connection: PGlite | Transaction): Queries {
  return {
    async query<T>(sql: string, values?: readonly unknown[]) {
      if (values === undefined || values.length === 0) return ((await connection.exec(sql)).at(-1)?.rows ?? []) as T[];
      return (await connection.query<T>(sql, [...values])).rows;
    },
  };
}

/**
 * Opens (or makes) the database in a folder. One process at a time can have it; one that was killed leaves it as after its last
 * transaction.
 * @throws CiFixError `CI_FIX_NO_DATABASE` where PGlite is not installed, `CI_FIX_LEDGER_BUSY` where another process is at work.
 */
export async function openEmbedded(directory: string): Promise<Database> {
  const PGliteClass = await loadPGlite();
  await mkdir(directory, { recursive: true });
  const release = await lock(join(directory, "lock"));
  try {
    const pglite = await PGliteClass.create({ dataDir: join(directory, "database") });
    return {
      kind: "embedded",
      ...queriesOn(pglite),
      transaction: async (work) => pglite.transaction(async (transaction) => work(queriesOn(transaction))),
      close: async () => {
        await pglite.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
