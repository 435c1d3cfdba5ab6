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
const options = ["--include-review", "--milestone", "M03", "--date", "2026-02-08"];

const root = scratch("fleet");
for (let index = 0; index < small; index += 1)
  makeRepository(join(root, `small/r${index}.git`), workflows(`small ${index}`), 20);
for (let index = 0; index < large; index += 1)
  makeRepository(join(root, `large/r${index}.git`), workflows(`large ${index}`), 30_000);
const server = await serve(root);

async function campaign(group, count) {
  const names = Array.from({ length: count }, (_, index) => `${group}/r${index}`);
  const state = scratch("state");
  const list = writeList(names.map((name) => `${server.url}/${name}.git`));
  const before = await server.stats();
  const plan = await ciFix(state, "batch", "plan", "--repos", list, ...options);
  const preview = await ciFix(state, "batch", "preview");
  const apply = await ciFix(state, "batch", "apply", "--push");
  const landed = await server.stats();
  const risk = /^(M03-R\d+) .*unit\.yml/mu.exec(preview.text)?.[1];
  const back = await ciFix(state, "batch", "rollback", risk, "--push");
  const codes = [plan.code, preview.code, apply.code, back.code].join();
  if (codes !== "1,0,0,0") throw new Error(`${codes}\n${plan.text}${apply.text}${back.text}`);
  // Each repository has workflows of its own, so the risk that was named is one repository's: the others hold five fixes.
  const each = { cpu: (plan.cpu + apply.cpu) / count, wall: (plan.wall + apply.wall) / count };
  const [requests, sent] = [(landed.requests - before.requests) / count, (landed.sent - before.sent) / count];
  const changed = names.map((name) =>
    git(join(root, `${name}.git`), "diff", "--numstat", "main", "ci-fix/M03")
      .trim()
      .split("\n"),
  );
  if (changed.some((lines) => lines.some((line) => !line.startsWith("0\t1\t"))))
    throw new Error("another byte was changed");
  const fixes = changed.map((lines) => lines.length);
  say(
    `${group}: ${count} repositories, ${fixes.filter((n) => n === 5).length} with five fixes, ${fixes.filter((n) => n === 4).length} with four after the rollback`,
  );
  say(
    `  plan and apply: ${ms(each.cpu)} CPU, ${ms(each.wall)} wall, ${requests.toFixed(1)} requests, ${(sent / 1024).toFixed(1)} KB each`,
  );
  say(`  rollback: ${ms(back.cpu / count)} CPU each; peak memory ${plan.memory.toFixed(0)} MB`);
  return { ...each, sent, names };
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
  const sent = ((await server.stats()).sent - before.sent) / sample.length;
  say(`  usual way: ${ms(cpu)} CPU, ${ms(wall)} wall, ${(sent / 1024).toFixed(1)} KB each`);
  return { cpu, wall, sent };
}

for (const [group, count] of [
  ["small", small],
  ["large", large],
]) {
  if (count === 0) continue;
  const ours = await campaign(group, count);
  const theirs = await usual(ours);
  say(
    `  usual / ours: CPU ${(theirs.cpu / ours.cpu).toFixed(2)}, wall ${(theirs.wall / ours.wall).toFixed(2)}, bytes ${(theirs.sent / ours.sent).toFixed(1)}`,
  );
}
server.close();

if (clones > 0) {
  // Twenty different contents among all of them, as where a template was copied.
  const folder = scratch("clones");
  const lines = Array.from({ length: clones }, (_, index) =>
    makeRepository(join(folder, `c${index}`), workflows(`template ${index % 20}`), 5),
  );
  const state = scratch("state");
  const plan = await ciFix(state, "batch", "plan", "--repos", writeList(lines), ...options);
  if (plan.code !== 1) throw new Error(plan.text);
  say(
    `clones: ${clones} on the disk; ${ms(plan.cpu / clones)} CPU, ${ms(plan.wall / clones)} wall each; peak memory ${plan.memory.toFixed(0)} MB`,
  );
  say(`  ${/^.*judged now.*$/mu.exec(plan.text)?.[0]}`);
}
clear();
