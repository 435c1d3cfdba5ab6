import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
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

/** Enough for one process; the usual 128 MB of buffers would be taken from the repositories, and copied with every git command. */
const SERVER_SETTINGS = ["shared_buffers = 16MB", "max_wal_size = 64MB"];

const MAKE = `const [, module, dataDir, ...postgresqlconf] = process.argv;
require(module).PGlite.create({ dataDir, postgresqlconf }).then((pglite) => pglite.close());`;

const NEW = "new-";

/**
 * Makes an empty database where there is none. Making one takes several times the memory of using it, and what a process once took it
 * keeps: so that is done by a process of its own. The database appears when it is whole.
 */
async function makeDatabase(directory: string): Promise<void> {
  const place = join(directory, "database");
  if (existsSync(place)) return;
  const left = (await readdir(directory)).filter((name) => name.startsWith(NEW));
  for (const name of left) await rm(join(directory, name), { recursive: true, force: true });
  const temporary = await mkdtemp(join(directory, NEW));
  const module = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const command = ["-e", MAKE, module, temporary, ...SERVER_SETTINGS];
  await promisify(execFile)(process.execPath, command).catch((cause: unknown) => {
    throw new CiFixError("CI_FIX_NO_DATABASE", `the database of ci-fix batch cannot be made in ${directory}`, {
      hint: "look at the room on the disk and in the memory (800 MB for a few seconds), or choose another --state folder",
      cause,
    });
  });
  await rename(temporary, place);
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
 * @throws CiFixError `CI_FIX_NO_DATABASE` where PGlite is not installed or has no room, `CI_FIX_LEDGER_BUSY` where another process is at work.
 */
export async function openEmbedded(directory: string): Promise<Database> {
  const PGliteClass = await loadPGlite();
  await mkdir(directory, { recursive: true });
  const release = await lock(join(directory, "lock"));
  try {
    await makeDatabase(directory);
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
