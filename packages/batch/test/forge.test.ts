import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { findForges, type Forge } from "@ci-fix/forge";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { type Disturbance, type DoublePull, GitHubDouble } from "../../forge/test/double/github-double.ts";
import { events, listForge } from "../src/index.ts";
import { type Fleet, git, openFleet, publish, temporaryFolder, workflow } from "./fleet.ts";

const token = "ghs_this-token-is-never-shown";
const names = Array.from({ length: 9 }, (_, index) => `acme/r${index}`);
let root: string;
let server: GitServer;
let double: GitHubDouble;
let forge: Forge;
let fleet: Fleet;

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
  double = new GitHubDouble(() => Date.now(), server.url);
  double.cloneRoot = server.url;
  double.pageSize = 4;
  server.intercept = async (request, response) => {
    if (request.url?.startsWith("/api/v3/") !== true) return false;
    await relay(request, response);
    return true;
  };
  for (const name of names) publish(join(root, `${name}.git`), { ".github/workflows/ci.yml": workflow(name.slice(5)) });
  for (const name of names) double.add(name);
  double.add("acme/r3", { archived: true });
  double.add("acme/r4", { push: false });
  double.add("acme/r5", { rules: ["required_signatures"] });
  const host = server.url.slice(7);
  const findForge = findForges({ token: () => token, env: { GH_HOST: host } });
  forge = findForge(host)!;
  fleet = await openFleet({ findForge, settings: { tries: 1 } });
});
afterAll(async () => {
  await fleet.close();
  await server.close();
});

async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/" } = request;
  const body = chunks.length === 0 ? null : Buffer.concat(chunks);
  const answer = await double.handle(new Request(new URL(url, server.url), { method, body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

const pulls = (name: string): readonly DoublePull[] => double.repositories.get(name)?.pulls ?? [];

it("lists page after page, and plans without a push", async () => {
  const sources = [];
  const filter = { include: [], exclude: [] };
  for await (const source of listForge(forge, { kind: "owner", owner: "acme" }, filter, false)) sources.push(source);
  expect(sources.map(({ name }) => name)).toEqual(names);
  await fleet.batch.plan(sources);
  const planned = Object.fromEntries(names.map((name) => [name, "planned"]));
  expect(await fleet.states()).toEqual({ ...planned, "acme/r3": "skipped(archived)" });
  expect(server.stats.paths.filter((path) => path.includes("git-receive-pack"))).toEqual([]);
});

it("opens one pull request each on a bad day: answers are slow, get lost, or come after it was done", async () => {
  const disturbed = new Map<string, number>();
  const kinds: readonly Disturbance[] = ["before", "after"];
  double.disturb = async ({ url, method }) => {
    const times = (disturbed.get(`${method} ${url}`) ?? 0) + 1;
    disturbed.set(`${method} ${url}`, times);
    await new Promise((done) => setTimeout(done, 5));
    return times === 1 && method === "POST" ? kinds[disturbed.size % 2] : undefined;
  };
  await fleet.batch.apply("pr-open");
  expect(Object.values(await fleet.states())).toContain("failed(unreachable)");
  await fleet.batch.retry({ blocked: false });
  double.disturb = () => undefined;
  expect(await fleet.states()).toEqual({
    ...Object.fromEntries(names.map((name) => [name, "pr-open"])),
    "acme/r3": "skipped(archived)",
    "acme/r4": "blocked(permission)",
    "acme/r5": "blocked(rule)",
  });
  expect(names.map((name) => pulls(name).length)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1]);
  expect(double.problems).toEqual([]);
});

it("opens nothing twice, takes a closed pull request for a no and a merged one for done", async () => {
  Object.assign(pulls("acme/r1")[0]!, { state: "closed" });
  Object.assign(pulls("acme/r2")[0]!, { state: "closed", merged: true });
  const merged = join(root, "acme/r2.git");
  git(merged, "update-ref", "refs/heads/main", git(merged, "rev-parse", "ci-fix/M03").trim());
  await fleet.batch.refresh();
  expect(await fleet.states()).toMatchObject({ "acme/r1": "closed(declined)", "acme/r2": "merged" });
  await fleet.plan(...names.map((name) => `${server.url}/${name}.git`));
  await fleet.batch.apply("pr-open");
  expect(await fleet.states()).toMatchObject({
    "acme/r0": "pr-open",
    "acme/r1": "closed(declined)",
    "acme/r2": "merged",
  });
  expect(names.map((name) => pulls(name).length)).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1]);
  expect(double.problems).toEqual([]);
});

it("closes what it opened, with a word", async () => {
  await fleet.batch.close("the campaign is over");
  expect(pulls("acme/r0")[0]?.state).toBe("closed");
  expect(double.repositories.get("acme/r0")?.comments).toEqual(["the campaign is over"]);
});

it("never writes the token into the ledger", async () => {
  const lines: string[] = [];
  for await (const event of events(fleet.ledger)) lines.push(JSON.stringify(event));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.join("\n")).not.toContain(token);
});
