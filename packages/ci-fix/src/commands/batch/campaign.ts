import { homedir } from "node:os";
import { join, resolve } from "node:path";
import {
  type Batch,
  createWorker,
  type Database,
  findCampaign,
  type Ledger,
  openBatch,
  openDatabase,
  openQueue,
  paceMemory,
  type Settings,
  startCampaign,
  type Worker,
  workerName,
} from "@ci-fix/batch";
import { findForges, tokens, type FindForge } from "@ci-fix/forge";
import type { CampaignOptions } from "../../batch-command.ts";
import type { Invocation } from "../../invocation.ts";
import { UsageError } from "../../problems.ts";
import { readVersion } from "../../version.ts";
import { showProgress } from "./progress.ts";

/** A campaign that is open, for one command. */
export interface Campaign {
  readonly ledger: Ledger;
  readonly batch: Batch;
  readonly worker: Worker;
  readonly findForge: FindForge;
  /** Folder of the campaign's own files. */
  readonly folder: string;
}

const JOBS = 8;

export function stateFolder({ host, directory }: Invocation, given: string | undefined): string {
  if (given !== undefined) return resolve(directory, given);
  const { XDG_STATE_HOME: base, HOME: home } = host.env;
  return join(base === undefined || base === "" ? join(home ?? homedir(), ".local", "state") : base, "ci-fix");
}

export function databaseAddress({ host }: Invocation, given: string | undefined): string | undefined {
  const address = given ?? host.env["CI_FIX_DATABASE"];
  if (address === undefined || address === "") return undefined;
  if (/^postgres(ql)?:\/\//u.test(address)) return address;
  throw new UsageError("--database is no address of a Postgres", "write it like postgres://user@host:5432/name");
}

/** How a worker enters the hosts: at a pace that all workers of the database keep together. */
export function connections(
  { host }: Invocation,
  database: Database,
): {
  access: { token: (host: string) => string | undefined };
  findForge: FindForge;
} {
  const token = tokens(host.env);
  return { access: { token }, findForge: findForges({ token, env: host.env, paceMemory: paceMemory(database) }) };
}

const NAME = /^[\w][\w.-]{0,63}$/u;

/** Opens the ledger, does the work, and closes it again. `settings` starts the campaign where there is none yet. */
export async function inCampaign<T>(
  invocation: Invocation,
  options: CampaignOptions,
  work: (campaign: Campaign) => Promise<T>,
  settings?: () => Promise<Settings>,
): Promise<T> {
  const name = options.campaign ?? "default";
  if (!NAME.test(name)) throw new UsageError(`"${name}" is no name for a campaign`, "use letters, digits, . _ and -");
  const state = stateFolder(invocation, options.state);
  const database: Database = await openDatabase({ state, database: databaseAddress(invocation, options.database) });
  try {
    const queue = await openQueue(database);
    const ledger =
      settings === undefined
        ? await findCampaign(database, queue, name)
        : await startCampaign(database, queue, name, await settings());
    const { access, findForge } = connections(invocation, database);
    const progress = showProgress(invocation, ledger);
    const jobs = options.jobs ?? JOBS;
    const worker = createWorker({
      database,
      queue,
      access,
      findForge,
      state,
      jobs,
      version: readVersion(),
      name: workerName(),
      onProgress: progress.step,
    });
    try {
      return await work({
        ledger,
        batch: openBatch(ledger, worker),
        worker,
        findForge,
        folder: join(state, "campaigns", name),
      });
    } finally {
      progress.end();
    }
  } finally {
    await database.close();
  }
}
