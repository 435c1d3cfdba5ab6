// Runs a campaign in a process of its own, which can be killed: at the n-th write of the ledger (before it, or after it), or from outside.
// Usage: node run-campaign.mjs '{"state", "database", "lines", "forge", "host", "reach", "killAt", "role", "jobs"}'
import {
  createWorker,
  isIdle,
  openBatch,
  openDatabase,
  openQueue,
  readSources,
  startCampaign,
  workerName,
} from "@ci-fix/batch";
import { folderForge } from "./folder-forge.mjs";

const given = JSON.parse(process.argv[2]);
const opened = await openDatabase(given);
const database = given.killAt === undefined ? opened : dying(opened, given.killAt);
const queue = await openQueue(opened);
const ledger = await startCampaign(database, queue, "test", given.settings);
process.stdout.write("open\n");
const forge = given.forge === undefined ? undefined : folderForge(given.forge, given.host);
const worker = createWorker({
  database,
  queue,
  access: {},
  findForge: (host) => (host === given.host ? forge : undefined),
  state: given.state,
  version: "test",
  name: workerName(),
  jobs: given.jobs ?? 4,
});
if (given.role === "worker") {
  await worker.run(async () => isIdle(opened));
} else if (given.role === "forever") {
  await worker.run(async () => false);
} else {
  const batch = openBatch(ledger, worker);
  const { planned } = given;
  if (planned !== true) await batch.plan(await readSources(given.lines, "/", { include: [], exclude: [] }));
  process.stdout.write("planned\n");
  if (given.reach !== undefined) await batch.apply(given.reach);
  for (const ids of given.takeBack ?? []) await batch.takeBack([ids], given.reach);
}
await opened.close();
process.stdout.write(`done ${JSON.stringify(worker.judging.counts)}\n`);

/** The same database, but the process dies at its n-th transaction: before it when n is odd, right after it when n is even. */
function dying(real, at) {
  let seen = 0;
  const die = () => process.kill(process.pid, "SIGKILL");
  return {
    ...real,
    query: real.query,
    async transaction(work) {
      seen += 1;
      if (seen === at && at % 2 === 1) die();
      const result = await real.transaction(work);
      if (seen >= at) die();
      return result;
    },
  };
}
