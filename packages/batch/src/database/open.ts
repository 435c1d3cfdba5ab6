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

/**
 * Opens the ledger's database and brings its tables into being.
 * @throws CiFixError `CI_FIX_NO_DATABASE`, `CI_FIX_OTHER_LEDGER`
 */
export async function openDatabase({ state, database }: LedgerPlace): Promise<Database> {
  const opened = database === undefined ? await openEmbedded(join(state, "ledger")) : await openServer(database);
  try {
    await prepareSchema(opened);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
