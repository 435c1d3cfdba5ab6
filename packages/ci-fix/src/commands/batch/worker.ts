import { createWorker, isIdle, openDatabase, openQueue, workerName } from "@ci-fix/batch";
import { visible } from "@ci-fix/report/text";
import type { CampaignOptions } from "../../batch-command.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { UsageError } from "../../problems.ts";
import { readVersion } from "../../version.ts";
import { connections, databaseAddress, stateFolder } from "./campaign.ts";

/** Works on the campaigns of a database until it is ended, or with `drain` until nothing is left. */
export async function runWorker(
  invocation: Invocation,
  options: CampaignOptions & { readonly drain?: true },
): Promise<ExitCode> {
  const address = databaseAddress(invocation, options.database);
  if (address === undefined)
    throw new UsageError("a worker needs a Postgres", "set CI_FIX_DATABASE, or give --database");
  const state = stateFolder(invocation, options.state);
  const database = await openDatabase({ state, database: address });
  let stopping = false;
  const stop = (): void => {
    stopping = true;
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const queue = await openQueue(database);
    const worker = createWorker({
      database,
      queue,
      ...connections(invocation, database),
      state,
      jobs: options.jobs ?? 8,
      version: readVersion(),
      name: workerName(),
      onProgress: (entry, change) => {
        if (change?.state !== undefined) invocation.terminal.note(`${change.state.padEnd(10)} ${visible(entry.name)}`);
      },
    });
    await worker.run(async () => stopping || (options.drain === true && (await isIdle(database))));
    return EXIT.done;
  } finally {
    await database.close();
  }
}
