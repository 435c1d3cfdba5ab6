// Many repositories: a campaign over real HTTP next to a depth-1 clone with five commits each, and a dry run over local clones.
// CI_FIX_BENCH_FLEET="small large clones" sets how many (default: 200 3 1000).
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ciFix, clear, git, makeRepository, scratch, serve, timed, workflows, writeList } from "./batch-fleet.mjs";

const given = (process.env.CI_FIX_BENCH_FLEET ?? "").split(" ").filter(Boolean).map(Number);
const [small = 200, large = 3, clones = 1000] = given;
if (!existsSync("/usr/bin/time")) throw new Error("GNU time is needed: /usr/bin/time");
const say = (text) => process.stdout.write(`${text}\n`);
const ms = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
const mb = (run) => `${run.memory.toFixed(0)} MB`;
const options = ["--include-review", "--milestone", "M03", "--date", "2026-02-08"];
const root = scratch("fleet");
const server = await serve(root);
const state = scratch("state");

function bare(name) {
  return join(root, `${name}.git`);
}

/** Runs one command of a campaign, and counts what the server was asked for and sent. */
async function step(...args) {
  const before = await server.stats();
  const run = await ciFix(state, "batch", ...args);
  const after = await server.stats();
  return { ...run, requests: after.requests - before.requests, sent: after.sent - before.sent };
}

/** The work of some steps for each repository; of the CPU time also what is left without the start of their processes. */
function each(steps, count, start) {
  const sum = (key) => steps.reduce((total, run) => total + run[key], 0) / count;
  const worked = Math.max(0, sum("cpu") - (steps.length * start.cpu) / count);
  return { cpu: worked, all: sum("cpu"), wall: sum("wall"), requests: sum("requests"), sent: sum("sent") };
}

function line(name, { cpu, all, wall, requests, sent }) {
  say(
    `  ${name}: ${ms(cpu)} CPU (${ms(all)} with the start), ${ms(wall)} wall, ${requests.toFixed(1)} requests, ${(sent / 1024).toFixed(1)} KB each`,
  );
}

/** Every byte of the branch is that of the default branch, but for the line that each fix takes away; `unit.yml` was taken back. */
function requireBytes(name, seed) {
  const changed = Object.keys(workflows(seed)).filter((path) => !path.endsWith("/unit.yml"));
  const touched = git(bare(name), "diff", "--name-only", "main", "ci-fix/M03").trim().split("\n");
  if (touched.join() !== changed.toSorted().join())
    throw new Error(`${name}: other files were changed: ${touched.join(", ")}`);
  for (const path of changed) {
    const wanted = workflows(seed)[path].replace("        continue-on-error: true\n", "");
    if (git(bare(name), "show", `ci-fix/M03:${path}`) !== wanted) throw new Error(`${name}: ${path} holds other bytes`);
  }
}

async function campaign(group, count, start) {
  const names = Array.from({ length: count }, (_, index) => `${group}/r${index}`);
  const list = writeList(names.map((name) => `${server.url}/${name}.git`));
  const own = ["--campaign", group];
  const plan = await step("plan", "--repos", list, ...own, ...options);
  const again = await step("plan", "--repos", list, ...own, ...options);
  const preview = await step("preview", ...own);
  const apply = await step("apply", "--push", ...own);
  const risk = /^(M03-R\d+) .*unit\.yml/mu.exec(preview.text)?.[1];
  const back = await step("rollback", risk, "--push", ...own);
  const codes = [plan, again, preview, apply, back].map(({ code }) => code).join();
  if (codes !== "1,1,0,0,0") throw new Error(`${codes}\n${plan.text}${apply.text}${back.text}`);
  for (const name of names) requireBytes(name, name);
  say(`${group}: ${count} repositories, each with four fixes, and the bytes of before in place of the fifth`);
  const both = each([plan, apply], count, start);
  line("plan", each([plan], count, start));
  line("apply", each([apply], count, start));
  line("plan and apply", both);
  line("plan again", each([again], count, start));
  line("rollback", each([back], count, start));
  say(`  preview: ${ms(preview.cpu)} CPU; peak memory: plan ${mb(plan)}, apply ${mb(apply)}, rollback ${mb(back)}`);
  return { ...both, names };
}

/** The way of most tools: a clone of depth 1 with a work tree, five times add and commit, a push. */
async function usual({ names }) {
  const sample = names.slice(0, 40);
  const before = await server.stats();
  let [cpu, wall] = [0, 0];
  const work = scratch("usual");
  for (const [index, name] of sample.entries()) {
    const took = await timed(
      work,
      `git clone -q --depth 1 ${server.url}/${name}.git c${index}; cd c${index}
       for f in unit lint types build docs; do
         sed -i /continue-on-error/d .github/workflows/$f.yml; git add .github/workflows/$f.yml; git commit -qm "fix $f"
       done
       git push -q origin HEAD:refs/heads/usual`,
    );
    cpu += took.cpu / sample.length;
    wall += took.wall / sample.length;
  }
  const after = await server.stats();
  const [requests, sent] = ["requests", "sent"].map((key) => (after[key] - before[key]) / sample.length);
  say(
    `  usual way: ${ms(cpu)} CPU, ${ms(wall)} wall, ${requests.toFixed(1)} requests, ${(sent / 1024).toFixed(1)} KB each`,
  );
  return { cpu, wall, sent };
}

const groups = [
  ["small", small, 20],
  ["large", large, 30_000],
];
for (const [group, count, fillers] of groups) {
  for (let index = 0; index < count; index += 1)
    makeRepository(bare(`${group}/r${index}`), workflows(`${group}/r${index}`), fillers);
}
makeRepository(bare("empty"), {}, 1);
const first = await step("plan", `${server.url}/empty.git`, "--campaign", "empty", ...options);
const starts = [await step("status", "--campaign", "empty"), await step("status", "--campaign", "empty")];
const start = starts.reduce((a, b) => (a.cpu < b.cpu ? a : b));
say(`start: ${ms(start.cpu)} CPU, ${ms(start.wall)} wall, ${mb(start)}`);
say(`  the first time, when the database is made: ${ms(first.cpu)} CPU, ${ms(first.wall)} wall, ${mb(first)}`);
for (const [group, count] of groups.filter((wanted) => wanted[1] > 0)) {
  const ours = await campaign(group, count, start);
  const theirs = await usual(ours);
  const ratio = (key, own = key) => (theirs[key] / ours[own]).toFixed(2);
  say(
    `  usual / ours: CPU ${ratio("cpu")} (${ratio("cpu", "all")} with the start), wall ${ratio("wall")}, bytes ${ratio("sent")}`,
  );
}
server.close();

if (clones > 0) {
  // Twenty different contents among all of them, as where a template was copied.
  const folder = scratch("clones");
  const lines = Array.from({ length: clones }, (_, index) =>
    makeRepository(join(folder, `c${index}`), workflows(`template ${index % 20}`), 5),
  );
  const plan = await ciFix(scratch("state"), "batch", "plan", "--repos", writeList(lines), ...options);
  if (plan.code !== 1) throw new Error(plan.text);
  say(
    `clones: ${clones} on the disk; ${ms(plan.cpu / clones)} CPU, ${ms(plan.wall / clones)} wall each; peak memory ${mb(plan)}`,
  );
  say(`  ${/^.*judged now.*$/mu.exec(plan.text)?.[0]}`);
}
clear();
