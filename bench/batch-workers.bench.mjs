// One, two and four worker processes on one Postgres, one more of them killed in the middle. Left out where no Postgres is installed.
import { join } from "node:path";
import { folderForge } from "../packages/batch/test/folder-forge.mjs";
import { startPostgres } from "../packages/batch/test/postgres.mjs";
import { campaign, clear, git, makeRepository, scratch, serve, settings, workflows } from "./batch-fleet.mjs";

const count = Number(process.env.CI_FIX_BENCH_FLEET ?? 40);
const names = Array.from({ length: count }, (_, index) => `acme/r${index}`);
const say = (text) => process.stdout.write(`${text}\n`);

function ended(child) {
  let errors = "";
  child.stdout.resume();
  child.stderr.on("data", (chunk) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => (code === 0 || signal === "SIGKILL" ? resolve() : reject(new Error(errors))));
  });
}

async function run(workers) {
  const postgres = await startPostgres();
  if (postgres === undefined) return undefined;
  const root = scratch("workers");
  for (const name of names) makeRepository(join(root, `${name}.git`), workflows(name), 20);
  const server = await serve(root);
  const [forge, host] = [scratch("forge"), server.url.slice(7)];
  const lines = names.map((name) => `${server.url}/${name}.git`);
  const common = { settings, database: postgres.address, forge, host, jobs: 1 };
  const started = performance.now();
  const main = ended(campaign({ ...common, state: scratch("state"), lines, reach: "pr-open" }));
  const helpers = Array.from({ length: workers - 1 }, () => helper(common));
  const victim = campaign({ ...common, state: scratch("state"), role: "forever" });
  const killed = workers === 1 ? undefined : ended(victim);
  if (workers === 1) victim.kill("SIGKILL");
  else victim.stdout.once("data", () => setTimeout(() => victim.kill("SIGKILL"), 4000));
  await main;
  const seconds = (performance.now() - started) / 1000;
  for (const child of helpers) child.kill("SIGKILL");
  victim.kill("SIGKILL");
  await killed;
  const { pushes } = await server.stats();
  const tips = names.map((name) => git(join(root, `${name}.git`), "rev-parse", "ci-fix/M03").trim());
  const once = names.every((name) => folderForge(forge, host).pulls(name).length === 1);
  server.close();
  await postgres.stop();
  clear();
  return { seconds, pushes, tips, once };
}

function helper(common) {
  const child = campaign({ ...common, state: scratch("state"), role: "forever" });
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

const one = await run(1);
if (one === undefined) say("no Postgres is installed");
else {
  say(`1 worker: ${one.seconds.toFixed(1)} s for ${count} repositories, ${one.pushes} pushes`);
  for (const workers of [2, 4]) {
    const many = await run(workers);
    const same = many.tips.every((tip, index) => tip === one.tips[index]);
    say(
      `${workers} workers and one that is killed: ${(one.seconds / many.seconds).toFixed(2)} times as fast; ${many.pushes} pushes, ${many.once ? "one pull request each" : "NOT ONE PULL REQUEST EACH"}, tips ${same ? "the same" : "DIFFERENT"}`,
    );
  }
}
