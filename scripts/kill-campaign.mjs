// Kills a campaign at random, again and again, and compares what comes out with an undisturbed run.
// `node scripts/kill-campaign.mjs [kills] [repositories] [postgres|embedded]`; run `npm run build` first.
import { join } from "node:path";
import { campaign, clear, git, makeRepository, scratch, serve, settings, workflows } from "../bench/batch-fleet.mjs";
import { folderForge } from "../packages/batch/test/folder-forge.mjs";
import { startPostgres } from "../packages/batch/test/postgres.mjs";

const [wanted = "500", count = "40", kind = "embedded"] = process.argv.slice(2);
const names = Array.from({ length: Number(count) }, (_, index) => `acme/r${index}`);
const say = (text) => process.stdout.write(`${text}\n`);

function makeFleet() {
  const root = scratch("kill");
  for (const [index, name] of names.entries())
    makeRepository(join(root, `${name}.git`), workflows(`${index % 10}`), 10);
  return root;
}

/** Runs once; resolves with the signal that ended it, and how far it came. A run that fails by itself is a failure. `killAfter`: milliseconds of work, or of its start. */
async function run(options, killAfter) {
  const child = campaign(options);
  let text = "";
  const kill = () => setTimeout(() => child.kill("SIGKILL"), killAfter);
  let errors = "";
  // One death in ten comes while the ledger is opened.
  if (killAfter !== undefined && Math.random() < 0.1) kill();
  else if (killAfter !== undefined) child.stdout.once("data", kill);
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  const [code, signal] = await new Promise((resolve) => child.on("close", (...ended) => resolve(ended)));
  if (signal !== "SIGKILL" && code !== 0) throw new Error(errors);
  return { isKilled: signal === "SIGKILL", isPlanned: text.includes("planned") };
}

/** Takes a new fleet from nothing to pull requests, killing the campaign until it ends by itself, or so many times. */
async function round(most) {
  const root = makeFleet();
  const server = await serve(root);
  const forge = scratch("forge");
  const host = server.url.slice(7);
  const lines = names.map((name) => `${server.url}/${name}.git`);
  const given = {
    settings,
    state: scratch("state"),
    database: postgres?.address,
    lines,
    forge,
    host,
    reach: "pr-open",
    jobs: 4,
  };
  let [kills, planned] = [0, false];
  while (kills < most) {
    // Whoever was stopped while applying goes on with that, or plans again first.
    const again = planned && Math.random() < 0.7;
    const { isKilled, isPlanned } = await run({ ...given, planned: again }, Math.random() * 1500);
    if (!isKilled) break;
    planned ||= isPlanned;
    kills += 1;
    if (kills % 25 === 0) say(`  ${kills} kills in this round`);
  }
  if (kills === most) await run(given);
  const tips = names.map((name) => git(join(root, `${name}.git`), "rev-parse", "ci-fix/M03").trim());
  const pulls = names.map((name) => folderForge(forge, host).pulls(name).length);
  const { pushes } = await server.stats();
  server.close();
  return { kills, tips, pulls, pushes };
}

// The name of the server is part of no commit, so every round must end at the same tips.
const fresh = async () => (kind === "postgres" ? startPostgres() : undefined);
let postgres = await fresh();
const calm = await round(0);
await postgres?.stop();
let [kills, rounds, wrong] = [0, 0, 0];
const started = performance.now();
while (kills < Number(wanted)) {
  postgres = await fresh();
  const shaken = await round(Number(wanted) - kills);
  await postgres?.stop();
  kills += shaken.kills;
  rounds += 1;
  const lost = calm.tips.filter((tip, index) => tip !== shaken.tips[index]).length;
  const twice = shaken.pulls.filter((each) => each !== 1).length;
  if (lost > 0 || twice > 0 || shaken.pushes !== names.length) wrong += 1;
  say(
    `round ${rounds}: ${kills} kills in ${((performance.now() - started) / 1000).toFixed(0)} s; ${lost} other tips, ${twice} other than one pull request, ${shaken.pushes} pushes`,
  );
  clear();
}
say(`${kills} kills in ${rounds} rounds of ${names.length} repositories (${kind}): ${wrong} rounds went wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
