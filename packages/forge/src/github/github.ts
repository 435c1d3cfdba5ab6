import { originOf, pathOf } from "../client/address.ts";
import { Client } from "../client/client.ts";
import { type Allowance, durationOf, Pace } from "../client/pace.ts";
import { AnswerError } from "../client/refusal.ts";
import { ForgeError } from "../errors.ts";
import type { ForgeKind } from "../find.ts";
import type {
  Forge,
  ListedRepository,
  PullRequest,
  PullRequestDraft,
  RepositoryName,
  RepositoryQuery,
} from "../types.ts";
import { preflightOf } from "./preflight.ts";
import type { Label, Pull, Repository, SearchPage } from "./schema.ts";

/**
 * GitHub's documentation, "Rate limits for the REST API" and "Best practices": no more than 80 requests a minute and 500 an hour that create
 * content, and a second between one and the next.
 */
export const CREATIONS: readonly Allowance[] = [
  { count: 1, milliseconds: 1000, from: "start" },
  { count: 80, milliseconds: 60_000, from: "end" },
  { count: 500, milliseconds: 3_600_000, from: "end" },
];

/** A search tells of its first results alone. */
const MOST_FOUND = 1000;

/** github.com, and the GitHub Enterprise Server that `GH_HOST` names. */
export const github: ForgeKind = (host, options) => {
  const isServer = host === options.env["GH_HOST"]?.toLowerCase();
  if (host !== "github.com" && !isServer) return undefined;
  const root = host === "github.com" ? "https://api.github.com" : `${originOf(host)}/api/v3`;
  const secret = options.token(host);
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
  };
  const { clock, fetch } = options;
  const pace = new Pace(CREATIONS, clock);
  const client = new Client({ root, headers, secret, pace, ...(clock && { clock }), ...(fetch && { fetch }) });
  return new GitHub(host, client, pace);
};

class GitHub implements Forge {
  readonly kind = "github";
  readonly host: string;
  readonly #client: Client;
  readonly #pace: Pace;

  constructor(host: string, client: Client, pace: Pace) {
    this.host = host;
    this.#client = client;
    this.#pace = pace;
  }

  async *list(query: RepositoryQuery): AsyncIterable<ListedRepository> {
    if (query.kind === "owner") yield* this.#listOwner(query.owner);
    else yield* this.#search(query.kind === "topic" ? `topic:${query.topic}` : query.words);
  }

  async preflight({ owner, name }: RepositoryName): ReturnType<Forge["preflight"]> {
    this.#pace.check();
    return preflightOf(this.#client, owner, name);
  }

  async findPullRequests({ owner, name }: RepositoryName, head: string): Promise<readonly PullRequest[]> {
    const query = { state: "all", head: `${owner}:${head}`, sort: "created", direction: "desc" };
    const found: PullRequest[] = [];
    for await (const pull of this.#client.pages<Pull>(pathOf`/repos/${owner}/${name}/pulls`, query))
      if (pull.head.ref === head) found.push(pullRequest(pull));
    return found;
  }

  async open(repository: RepositoryName, draft: PullRequestDraft): Promise<PullRequest> {
    const { owner, name } = repository;
    const { title, body, head, base, draft: isDraft } = draft;
    const path = pathOf`/repos/${owner}/${name}/pulls`;
    try {
      const pull = await this.#client.create<Pull>(path, { title, body, head, base, draft: isDraft });
      await this.#dress(repository, pull.number, draft);
      return pullRequest(pull);
    } catch (error) {
      return this.#alreadyOpen(error, repository, head);
    }
  }

  async update(
    { owner, name }: RepositoryName,
    number: number,
    { title, body }: Pick<PullRequestDraft, "title" | "body">,
  ): Promise<PullRequest> {
    return pullRequest(
      await this.#client.send<Pull>("PATCH", pathOf`/repos/${owner}/${name}/pulls/${number}`, { title, body }),
    );
  }

  async close({ owner, name }: RepositoryName, number: number, comment: string): Promise<PullRequest> {
    const path = pathOf`/repos/${owner}/${name}/pulls/${number}`;
    const { body: pull } = await this.#client.get<Pull>(path);
    if (pull.state === "closed") return pullRequest(pull);
    await this.#client.create(pathOf`/repos/${owner}/${name}/issues/${number}/comments`, { body: comment });
    return pullRequest(await this.#client.send<Pull>("PATCH", path, { state: "closed" }));
  }

  expectedDuration(openings: number): number {
    return durationOf(openings, CREATIONS);
  }

  async *#listOwner(owner: string): AsyncIterable<ListedRepository> {
    try {
      yield* this.#listAt(pathOf`/orgs/${owner}/repos`);
    } catch (error) {
      if (!(error instanceof AnswerError) || error.status !== 404) throw error;
      yield* this.#listAt(pathOf`/users/${owner}/repos`);
    }
  }

  async *#listAt(path: string): AsyncIterable<ListedRepository> {
    for await (const repository of this.#client.pages<Repository>(path)) yield listed(repository);
  }

  async *#search(words: string): AsyncIterable<ListedRepository> {
    for (let page = 1; ; page += 1) {
      const { body } = await this.#client.get<SearchPage>("/search/repositories", { q: words, per_page: 100, page });
      if (body.total_count > MOST_FOUND) {
        throw new ForgeError(
          "unsupported",
          `${body.total_count} repositories match, and a search shows ${MOST_FOUND}`,
          {
            hint: "narrow the search, or list the owners instead",
          },
        );
      }
      yield* body.items.map(listed);
      if (body.items.length === 0 || page * 100 >= body.total_count) return;
    }
  }

  /** Labels and reviewers are an extra: what the forge does not take of them does not undo the pull request. */
  async #dress(
    { owner, name }: RepositoryName,
    number: number,
    { labels, reviewers }: PullRequestDraft,
  ): Promise<void> {
    const extras: (() => Promise<unknown>)[] = [];
    if (labels.length > 0) {
      const path = pathOf`/repos/${owner}/${name}/issues/${number}/labels`;
      extras.push(() => this.#client.send<readonly Label[]>("POST", path, { labels }));
    }
    if (reviewers.length > 0) {
      const path = pathOf`/repos/${owner}/${name}/pulls/${number}/requested_reviewers`;
      extras.push(() => this.#client.send("POST", path, wanted(reviewers)));
    }
    for (const extra of extras) {
      try {
        await extra();
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error;
      }
    }
  }

  /** GitHub answers 422 where a pull request of this branch is open already: another worker was faster. */
  async #alreadyOpen(error: unknown, repository: RepositoryName, head: string): Promise<PullRequest> {
    if (!(error instanceof AnswerError) || error.status !== 422) throw error;
    const open = (await this.findPullRequests(repository, head)).find(({ state }) => state === "open");
    if (open === undefined) throw error;
    return open;
  }
}

/** `org/team` is a team, anything else a person. */
function wanted(reviewers: readonly string[]): { reviewers: string[]; team_reviewers: string[] } {
  const teams = reviewers.filter((name) => name.includes("/"));
  return {
    reviewers: reviewers.filter((name) => !teams.includes(name)),
    team_reviewers: teams.map((name) => name.slice(name.indexOf("/") + 1)),
  };
}

function listed({ name, owner, clone_url, archived, fork, size }: Repository): ListedRepository {
  return {
    owner: owner.login,
    name,
    url: clone_url ?? "",
    archived: archived === true,
    fork,
    empty: size === 0,
  };
}

function pullRequest({ number, html_url, state, merged_at, head, body }: Pull): PullRequest {
  const ended = merged_at === null || merged_at === undefined ? "closed" : "merged";
  return { number, url: html_url, state: state === "open" ? "open" : ended, head: head.ref, body: body ?? "" };
}
