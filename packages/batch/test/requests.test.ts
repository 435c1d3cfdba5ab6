import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { idOf, readFleetRisks } from "../src/index.ts";
import { beginRound } from "../src/ledger/round.ts";
import { clone, type Fleet, git, openFleet, publish, temporaryFolder, workflow } from "./fleet.ts";

const files = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`.github/workflows/${name}.yml`, workflow(name)]));
let root: string;
let server: GitServer;
let folder: string;
let fleet: Fleet;

const url = (name: string): string => `${server.url}/${name}.git`;
const look = (name: string): string[] => [
  `/${name}.git/info/refs?service=git-upload-pack`,
  `/${name}.git/git-upload-pack`,
];
const copy = (name: string): string[] => [...look(name), `/${name}.git/git-upload-pack`];
const push = (name: string): string[] => [
  `/${name}.git/info/refs?service=git-receive-pack`,
  `/${name}.git/git-receive-pack`,
];

/** What a server was asked for in the meantime. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const before = server.stats.paths.length;
  await work();
  return server.stats.paths.slice(before);
}

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
  publish(join(root, "many.git"), files("one", "two", "three"));
  publish(join(root, "same.git"), files("one", "three"));
  folder = clone(join(temporaryFolder(), "clone"), files("two"));
  fleet = await openFleet({ jobs: 1 });
});
afterAll(async () => {
  await fleet.close();
  await server.close();
});

it("copies a repository and all of its CI files with five requests, and known files not at all", async () => {
  expect(await asked(() => fleet.plan(url("many")))).toEqual([...copy("many"), ...look("many")]);
  expect(await asked(() => fleet.plan(url("same"), folder))).toEqual(copy("same"));
  expect(fleet.worker.judging.counts).toEqual({ judged: 3, found: 3 });
});

it("scans nothing again that this version saw at the same commit", async () => {
  const again = await asked(() => fleet.batch.plan([]));
  expect([...again].sort()).toEqual([...look("many"), ...look("same")].sort());
  expect(fleet.worker.judging.counts).toEqual({ judged: 3, found: 3 });
  expect(await fleet.states()).toEqual({ many: "planned", same: "planned", [folder]: "planned" });
});

it("asks nobody twice when a plan was stopped in the middle and is run again", async () => {
  const source = { kind: "remote" as const, source: url("many") };
  await fleet.ledger.request([idOf(source)], { kind: "scan" }, await beginRound(fleet.ledger));
  const each = [...look("many"), ...look("same")].sort();
  expect([...(await asked(() => fleet.batch.plan([])))].sort()).toEqual(each);
  expect([...(await asked(() => fleet.batch.plan([])))].sort()).toEqual(each);
});

it("lands from the copy of the plan with one look and one push", async () => {
  const landed = await asked(() => fleet.batch.apply("pushed"));
  expect([...landed].sort()).toEqual(["many", "same"].flatMap((name) => [...look(name), ...push(name)]).sort());
});

it("takes back from a copy of the branch itself", async () => {
  const risk = (await readFleetRisks(fleet.ledger)).find(({ files: at }) =>
    at.some((path) => path.endsWith("one.yml")),
  );
  const expected = ["many", "same"].flatMap((name) => [...copy(name), ...look(name), ...look(name), ...push(name)]);
  expect([...(await asked(() => fleet.batch.takeBack([risk!.id], "pushed")))].sort()).toEqual(expected.sort());
});

it("scans again what has moved on, and everything with another version", async () => {
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "Go on");
  await fleet.batch.plan([]);
  expect(fleet.worker.judging.counts).toEqual({ judged: 3, found: 4 });
  const { state } = fleet;
  await fleet.close();
  fleet = await openFleet({ state, version: "later" });
  await fleet.batch.plan([]);
  expect(fleet.worker.judging.counts).toEqual({ judged: 3, found: 3 });
  expect(await fleet.states()).toEqual({ many: "pushed", same: "pushed", [folder]: "planned" });
});

it("scans again what had no commit in between", async () => {
  git(join(root, "same.git"), "symbolic-ref", "HEAD", "refs/heads/none");
  await fleet.batch.plan([]);
  expect(await fleet.states()).toMatchObject({ same: "skipped(empty)" });
  git(join(root, "same.git"), "symbolic-ref", "HEAD", "refs/heads/main");
  await fleet.batch.plan([]);
  expect(await fleet.states()).toMatchObject({ same: expect.not.stringContaining("skipped") as string });
});
