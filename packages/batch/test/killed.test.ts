import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { clone, git, openFleet, publish, settings, stateFolder, temporaryFolder, workflow } from "./fleet.ts";
import { folderForge } from "./folder-forge.mjs";
import { startPostgres, type Postgres } from "./postgres.mjs";

const path = ".github/workflows/ci.yml";
const script = join(import.meta.dirname, "run-campaign.mjs");
const names = ["acme/one", "acme/two", "acme/three"];
const files = (name: string) => ({
  [path]: workflow(name.slice(5), "      - run: npm test\n        continue-on-error: true\n"),
});

/** A server with the repositories of a campaign, the same each time. */
async function fleetOfThree(): Promise<{ root: string; server: GitServer; lines: string[] }> {
  const root = temporaryFolder();
  for (const name of names) publish(join(root, `${name}.git`), files(name));
  const server = await serveGit(root);
  const local = clone(join(temporaryFolder(), "local"), files("acme/local"));
  return { root, server, lines: [...names.map((name) => `${server.url}/${name}.git`), local] };
}

/** Starts a process and tells how it ended. */
async function run(options: Record<string, unknown>): Promise<"killed" | "done"> {
  if (!existsSync(join(import.meta.dirname, "../dist/index.js")))
    throw new Error("nothing is built yet: npm run build");
  const argv = [script, JSON.stringify({ settings, ...options })];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.resume();
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (signal === "SIGKILL") return "killed";
  expect(code).toBe(0);
  return "done";
}

const tips = (root: string): string[] =>
  names.map((name) => git(join(root, `${name}.git`), "rev-parse", "ci-fix/M03").trim());

let undisturbed: string[];
let one: Awaited<ReturnType<typeof fleetOfThree>>;

beforeAll(async () => {
  one = await fleetOfThree();
  const forge = folderForge(temporaryFolder(), one.server.url.slice(7));
  const fleet = await openFleet({ findForge: () => forge });
  await fleet.plan(...one.lines);
  await fleet.batch.apply("pr-open");
  await fleet.close();
  undisturbed = tips(one.root);
}, 240_000);
afterAll(() => one.server.close());

it("a campaign that is killed again and again ends as one that is not", async () => {
  const { root, server, lines } = await fleetOfThree();
  const forge = temporaryFolder();
  const state = await stateFolder();
  const host = server.url.slice(7);
  let kills = 0;
  // The first deaths come before anything is done, the later ones in the middle of landing.
  for (const killAt of [8, 25, undefined]) {
    const how = await run({ state, lines, forge, host, reach: "pr-open", ...(killAt === undefined ? {} : { killAt }) });
    if (how === "killed") kills += 1;
  }
  expect(kills).toBe(2);
  expect(tips(root)).toEqual(undisturbed);
  const pulls = names.map((name) => folderForge(forge, host).pulls(name));
  expect(pulls.map((each) => each.length)).toEqual([1, 1, 1]);
  const pushes = server.stats.paths.filter((each) => each.endsWith("/git-receive-pack"));
  expect(pushes).toHaveLength(names.length);
  await server.close();
}, 240_000);

const postgres: Postgres | undefined = await startPostgres();
afterAll(() => postgres?.stop());

it.skipIf(postgres === undefined)(
  "two workers on one Postgres do each repository once, also when one of them is killed",
  async () => {
    const { root, server, lines } = await fleetOfThree();
    const forge = temporaryFolder();
    const common = { state: temporaryFolder(), database: postgres!.address, forge, host: server.url.slice(7), jobs: 1 };
    const first = run({ ...common, lines, reach: "pr-open" });
    const second = run({ ...common, state: temporaryFolder(), role: "worker", killAt: 4 });
    const third = second.then(() => run({ ...common, state: temporaryFolder(), role: "worker" }));
    expect([await first, await third]).toEqual(["done", "done"]);
    expect(tips(root)).toEqual(undisturbed);
    for (const name of names) expect(folderForge(forge, common.host).pulls(name)).toHaveLength(1);
    expect(server.stats.paths.filter((each) => each.endsWith("/git-receive-pack"))).toHaveLength(names.length);
    await server.close();
  },
  240_000,
);
