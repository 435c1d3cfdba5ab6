import { expect, it } from "vitest";
import { findForges, type Forge, type PullRequestDraft } from "../src/index.ts";
import { GitHubDouble } from "./double/github-double.ts";
import { VirtualClock } from "./double/virtual-clock.ts";

const token = "ghp_never-to-be-seen";
const repository = { owner: "acme", name: "api" };
const draft: PullRequestDraft = {
  title: "ci: repair 2 silent CI failures",
  body: "Two places.",
  head: "ci-fix/M03",
  base: "main",
  draft: true,
  labels: ["ci"],
  reviewers: ["ada", "acme/platform"],
};

function start(host = "github.com", env = {}): { clock: VirtualClock; double: GitHubDouble; forge: Forge } {
  const clock = new VirtualClock();
  const double = new GitHubDouble(() => clock.now());
  double.add("acme/api");
  const forge = findForges({ token: () => token, env, clock, fetch: double.fetch })(host);
  if (forge === undefined) throw new Error("no forge");
  return { clock, double, forge };
}

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it("opens a pull request, finds it, keeps it in step and closes it with a word", async () => {
  const { clock, double, forge } = start();
  const opened = await clock.run(forge.open(repository, draft));
  expect(opened).toEqual({
    number: 1,
    url: "https://github.com/acme/api/pull/1",
    state: "open",
    head: "ci-fix/M03",
    body: "Two places.",
  });
  expect(await forge.findPullRequests(repository, "ci-fix/M03")).toEqual([opened]);
  expect(await forge.findPullRequests(repository, "ci-fix/M04")).toEqual([]);
  expect(await forge.update(repository, 1, { title: "ci: repair", body: "One." })).toMatchObject({ body: "One." });
  expect(await clock.run(forge.close(repository, 1, "nothing is left to do"))).toMatchObject({ state: "closed" });
  expect(await forge.close(repository, 1, "again")).toMatchObject({ state: "closed" });
  expect(double.repositories.get("acme/api")?.comments).toEqual(["nothing is left to do"]);
  expect(double.problems).toEqual([]);
});

it("takes the pull request that another worker has just opened", async () => {
  const { clock, double, forge } = start();
  await clock.run(forge.open(repository, draft));
  expect(await clock.run(forge.open(repository, draft))).toMatchObject({ number: 1 });
  expect(double.problems).toEqual([]);
});

it("lists page after page, of an organisation, a user, a topic and a search", async () => {
  const { double, forge } = start();
  double.pageSize = 7;
  for (let index = 0; index < 30; index += 1) double.add(`nobody/tool-${index}`, { archived: index === 3 });
  const names = await gather(forge.list({ kind: "owner", owner: "nobody" }));
  expect(names).toHaveLength(30);
  expect(names[3]).toEqual({
    owner: "nobody",
    name: "tool-3",
    url: "https://github.com/nobody/tool-3.git",
    archived: true,
    fork: false,
    empty: false,
  });
  double.pageSize = 100;
  expect(await gather(forge.list({ kind: "search", words: "tool-2" }))).toHaveLength(11);
  expect(double.problems).toEqual([]);
});

it("says so where a search shows less than there is", async () => {
  const { double, forge } = start();
  for (let index = 0; index < 1001; index += 1) double.add(`many/tool-${index}`);
  await expect(gather(forge.list({ kind: "search", words: "many" }))).rejects.toMatchObject({ kind: "unsupported" });
});

it.each([
  [{ archived: true }, undefined, "archived"],
  [{ push: false }, undefined, "permission"],
  [{ rules: ["required_signatures"] }, undefined, "rule"],
  [{}, "repo, read:org", "permission"],
  [{}, "repo, workflow", undefined],
  [{ rules: ["pull_request"] }, undefined, undefined],
])("of %j with the scopes %s, the preflight says: %s", async (fields, scopes, obstacle) => {
  const { double, forge } = start();
  double.add("acme/api", fields);
  double.scopes = scopes;
  const { obstacles } = await forge.preflight(repository);
  expect(obstacles.map((each) => each.obstacle)).toEqual(obstacle === undefined ? [] : [obstacle]);
  expect(double.problems).toEqual([]);
});

it("tells a repository that takes squash merges alone", async () => {
  const { double, forge } = start();
  double.add("acme/api", { squashOnly: true });
  expect(await forge.preflight(repository)).toEqual({ obstacles: [], squashOnly: true });
});

it("waits for a limit that ends within a minute", async () => {
  const { clock, double, forge } = start();
  let disturbed = 0;
  double.disturb = ({ method }) => (method === "POST" && (disturbed += 1) === 1 ? "secondary" : undefined);
  const before = clock.now();
  expect(await clock.run(forge.open(repository, { ...draft, labels: [], reviewers: [] }))).toMatchObject({ number: 1 });
  expect(clock.now() - before).toBe(30_000);
});

it("leaves a longer limit to the queue, with its end", async () => {
  const { clock, double, forge } = start();
  double.disturb = () => "primary";
  const refused = forge.findPullRequests(repository, "x");
  await expect(clock.run(refused)).rejects.toMatchObject({ kind: "limited", retryAt: clock.now() + 1_800_000 });
});

it("reads again after a disturbance, and does not write again: it may have been done", async () => {
  const { clock, double, forge } = start();
  let requests = 0;
  double.disturb = () => ((requests += 1) < 3 ? "before" : undefined);
  expect(await clock.run(forge.findPullRequests(repository, "x"))).toEqual([]);
  double.disturb = ({ method }) => (method === "POST" ? "after" : undefined);
  await expect(clock.run(forge.open(repository, draft))).rejects.toMatchObject({ kind: "temporary" });
  double.disturb = () => undefined;
  expect(await forge.findPullRequests(repository, draft.head)).toHaveLength(1);
});

it("keeps the token out of every message, and sends it nowhere else", async () => {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const answers = [
    new Response(JSON.stringify([]), { headers: { link: '<https://evil.example/next>; rel="next"' } }),
    new Response(JSON.stringify({ message: `bad token ${token}` }), { status: 401 }),
  ];
  const fetch = (url: string | URL | Request): Promise<Response> => {
    asked.push(new Request(url).url);
    return answers.length > 0 ? Promise.resolve(answers.shift()!) : Promise.reject(new Error(`connect ${token}`));
  };
  const forge = findForges({ token: () => token, env: {}, clock, fetch })("github.com")!;
  expect(await forge.findPullRequests(repository, "x")).toEqual([]);
  const refused: unknown = await clock.run(forge.findPullRequests(repository, "x")).catch((error: unknown) => error);
  const failed: unknown = await clock.run(forge.findPullRequests(repository, "x")).catch((error: unknown) => error);
  expect(refused).toMatchObject({ kind: "permission" });
  expect(failed).toMatchObject({ kind: "temporary" });
  expect(`${String(refused)} ${String(failed)}`).not.toContain(token);
  expect(asked.filter((url) => !url.startsWith("https://api.github.com/"))).toEqual([]);
});

it("leaves no place with a name", async () => {
  const { double, forge } = start();
  await expect(forge.preflight({ owner: "..", name: "user" })).rejects.toMatchObject({ kind: "not-found" });
  await expect(forge.preflight({ owner: "acme", name: "../user?x=#" })).rejects.toMatchObject({ kind: "not-found" });
  expect(double.problems).toEqual([]);
  expect(double.requests).toBe(1);
});

it("finds a GitHub Enterprise Server by its name, and no stranger", async () => {
  const { double, forge } = start("git.example.com", { GH_HOST: "Git.example.com" });
  expect(forge).toMatchObject({ kind: "github", host: "git.example.com" });
  expect(await forge.findPullRequests(repository, "x")).toEqual([]);
  expect(double.problems).toEqual([]);
  const find = findForges({ token: () => undefined, env: {} });
  expect(find("git.example.com")).toBeUndefined();
  expect(find("github.com.evil.example")).toBeUndefined();
});
