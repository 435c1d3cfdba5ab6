import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findForges, type Forge, type PullRequestDraft } from "../src/index.ts";

const repository = { owner: "acme", name: "api" };
const draft: PullRequestDraft = {
  title: "ci: repair",
  body: "",
  head: "ci-fix/M03",
  base: "main",
  draft: true,
  labels: ["ci", "unknown"],
  reviewers: ["ada"],
};
const pull = {
  number: 4,
  html_url: "https://tea/4",
  state: "open",
  merged: false,
  body: "b",
  head: { ref: "ci-fix/M03", label: "ci-fix/M03" },
};

let server: Server;
let forge: Forge;
let answers: Record<string, unknown>;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { pathname } = new URL(request.url ?? "/", "http://tea");
      asked.push(`${request.method} ${request.url} ${text}`.trim());
      const answer = answers[`${request.method} ${pathname}`] ?? 404;
      response.writeHead(typeof answer === "number" ? answer : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(typeof answer === "number" ? { message: "no" } : answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  forge = findForges({ token: () => "tea", env: { GITEA_HOST: host } })(host)!;
});
beforeEach(() => {
  answers = {};
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

it("opens a pull request with those labels that there are, and asks for a review", async () => {
  answers["GET /api/v1/repos/acme/api/labels"] = [{ id: 9, name: "ci" }];
  answers["POST /api/v1/repos/acme/api/pulls"] = pull;
  expect(await forge.open(repository, draft)).toEqual({
    number: 4,
    url: "https://tea/4",
    state: "open",
    head: "ci-fix/M03",
    body: "b",
  });
  expect(asked[1]).toContain('"title":"WIP: ci: repair"');
  expect(asked[1]).toContain('"labels":[9]');
  expect(asked[2]).toBe('POST /api/v1/repos/acme/api/pulls/4/requested_reviewers {"reviewers":["ada"]}');
});

it("finds pull requests of the branch, and none of a fork's branch of that name", async () => {
  const foreign = { ...pull, number: 5, head: { ref: "ci-fix/M03", label: "eve:ci-fix/M03" } };
  const merged = { ...pull, number: 2, state: "closed", merged: true };
  answers["GET /api/v1/repos/acme/api/pulls"] = [merged, foreign, pull];
  const found = await forge.findPullRequests(repository, "ci-fix/M03");
  expect(found.map(({ number, state }) => [number, state])).toEqual([
    [4, "open"],
    [2, "merged"],
  ]);
});

it.each([
  [{ archived: true }, ["archived"]],
  [{ permissions: { push: false } }, ["permission"]],
  [{}, ["rule"]],
])("of %j, the preflight says %j", async (fields, obstacles) => {
  answers["GET /api/v1/repos/acme/api"] = { archived: false, default_branch: "main", ...fields };
  answers["GET /api/v1/repos/acme/api/branch_protections/main"] = { require_signed_commits: true };
  expect((await forge.preflight(repository)).obstacles.map(({ obstacle }) => obstacle)).toEqual(obstacles);
});

it("lists an organisation, else a user, and finds by topic", async () => {
  const listed = {
    name: "api",
    owner: { login: "ada" },
    clone_url: "https://tea/ada/api.git",
    archived: false,
    fork: false,
    empty: false,
  };
  answers["GET /api/v1/users/ada/repos"] = [listed];
  const all = [];
  for await (const one of forge.list({ kind: "owner", owner: "ada" })) all.push(one);
  expect(all).toEqual([
    { owner: "ada", name: "api", url: "https://tea/ada/api.git", archived: false, fork: false, empty: false },
  ]);
  answers["GET /api/v1/repos/search"] = { data: [] };
  for await (const one of forge.list({ kind: "topic", topic: "ci" })) all.push(one);
  expect(asked.at(-1)).toBe("GET /api/v1/repos/search?q=ci&topic=true&limit=50&page=1");
});
