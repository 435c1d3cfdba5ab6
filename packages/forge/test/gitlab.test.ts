import { expect, it } from "vitest";
import { findForges, type Forge, type PullRequestDraft } from "../src/index.ts";
import { VirtualClock } from "./double/virtual-clock.ts";

const repository = { owner: "acme/platform", name: "api" };
const project = "/api/v4/projects/acme%2Fplatform%2Fapi";
const draft: PullRequestDraft = {
  title: "ci: repair",
  body: "Two places.",
  head: "ci-fix/M03",
  base: "main",
  draft: true,
  labels: ["ci", "quality"],
  reviewers: ["ada", "nobody"],
};

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

type Answers = Readonly<Record<string, (asked: Asked) => unknown>>;

/** A host that knows these answers, by method and path; a number is a status. It keeps what it was asked. */
function start(answers: Answers): { forge: Forge; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const one = {
      method: request.method,
      path: pathname + search,
      body: text === "" ? undefined : (JSON.parse(text) as unknown),
    };
    asked.push(one);
    const answer = answers[`${one.method} ${pathname}`]?.(one) ?? 404;
    return typeof answer === "number" ? new Response("{}", { status: answer }) : new Response(JSON.stringify(answer));
  };
  const forge = findForges({ token: () => "glpat", env: {}, clock: new VirtualClock(), fetch })("gitlab.com")!;
  return { forge, asked };
}

const request = {
  iid: 7,
  web_url: "https://gitlab.com/x/7",
  state: "opened",
  source_branch: "ci-fix/M03",
  description: "Two places.",
};

it("opens a merge request as a draft, with labels and those reviewers that there are", async () => {
  const { forge, asked } = start({
    "GET /api/v4/users": ({ path }) => (path.includes("ada") ? [{ id: 3 }] : []),
    [`POST ${project}/merge_requests`]: () => request,
  });
  expect(await forge.open(repository, draft)).toEqual({
    number: 7,
    url: "https://gitlab.com/x/7",
    state: "open",
    head: "ci-fix/M03",
    body: "Two places.",
  });
  expect(asked.at(-1)?.body).toEqual({
    title: "Draft: ci: repair",
    description: "Two places.",
    source_branch: "ci-fix/M03",
    target_branch: "main",
    labels: "ci,quality",
    reviewer_ids: [3],
    remove_source_branch: true,
  });
});

it("takes the merge request that is open already", async () => {
  const { forge } = start({
    [`POST ${project}/merge_requests`]: () => 409,
    [`GET ${project}/merge_requests`]: () => [{ ...request, iid: 6, state: "closed" }, request],
  });
  expect(await forge.open(repository, { ...draft, reviewers: [] })).toMatchObject({ number: 7 });
});

it.each([
  [{ archived: true }, ["archived"]],
  [{ permissions: { project_access: { access_level: 20 }, group_access: null } }, ["permission"]],
  [{ permissions: { project_access: null, group_access: { access_level: 30 } } }, []],
])("of %j, the preflight says %j", async (fields, obstacles) => {
  const { forge } = start({ [`GET ${project}`]: () => ({ archived: false, squash_option: "always", ...fields }) });
  const found = await forge.preflight(repository);
  expect(found.obstacles.map(({ obstacle }) => obstacle)).toEqual(obstacles);
  expect(found.squashOnly).toBe(true);
});

it("says that unsigned commits are not taken", async () => {
  const { forge } = start({
    [`GET ${project}`]: () => ({ archived: false }),
    [`GET ${project}/push_rule`]: () => ({ reject_unsigned_commits: true }),
  });
  expect(await forge.preflight(repository)).toMatchObject({ obstacles: [{ obstacle: "rule" }] });
});

it("closes with a word, once", async () => {
  let state = "opened";
  const { forge, asked } = start({
    [`GET ${project}/merge_requests/7`]: () => ({ ...request, state }),
    [`POST ${project}/merge_requests/7/notes`]: () => ({}),
    [`PUT ${project}/merge_requests/7`]: () => ({ ...request, state: (state = "closed") }),
  });
  expect(await forge.close(repository, 7, "over")).toMatchObject({ state: "closed" });
  expect(await forge.close(repository, 7, "over")).toMatchObject({ state: "closed" });
  expect(asked.filter(({ method }) => method !== "GET").map(({ body }) => body)).toEqual([
    { body: "over" },
    { state_event: "close" },
  ]);
});

it("lists a group with what is below it, or a user", async () => {
  const listed = {
    path: "api",
    http_url_to_repo: "https://gitlab.com/acme/platform/api.git",
    archived: false,
    empty_repo: true,
  };
  const { forge, asked } = start({
    "GET /api/v4/users/ada/projects": () => [{ ...listed, namespace: { full_path: "ada" }, forked_from_project: {} }],
  });
  const all = [];
  for await (const one of forge.list({ kind: "owner", owner: "ada" })) all.push(one);
  expect(all).toEqual([
    { owner: "ada", name: "api", url: listed.http_url_to_repo, archived: false, fork: true, empty: true },
  ]);
  expect(asked[0]?.path).toBe("/api/v4/groups/ada/projects?per_page=100&include_subgroups=true");
});
