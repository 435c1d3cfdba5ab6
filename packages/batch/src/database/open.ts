import { join } from "node:path";
import { openEmbedded } from "./embedded.ts";
import { prepareSchema } from "./schema.ts";
import { openServer } from "./server.ts";
import type { Database } from "./types.ts";

/** Where a ledger is kept. */
export interface LedgerPlace {
  /** Folder for the embedded database and for copies of repositories. */
  readonly state: string;
  /** `postgres://…`; without it the database is embedded in the folder. */
  readonly database?: string | undefined;
}

/** Opens the ledger's database and brings its tables into being. */
export async function openDatabase({ state, database }: LedgerPlace): Promise<Database> {
  const opened = database === undefined ? await openEmbedded(join(state, "ledger")) : await openServer(database);
  await prepareSchema(opened);
  return opened;
}
