import { originOf, pathOf } from "../client/address.ts";
import type { Client } from "../client/client.ts";
import { connect } from "../client/connect.ts";
import { type Allowance, durationOf } from "../client/pace.ts";
import { closePull, openOnce, updatePull } from "../client/pulls.ts";
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
  const headers = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
  return new GitHub(host, connect(host, options, { root, scheme: "Bearer", headers, allowances: CREATIONS }));
};

class GitHub implements Forge {
  readonly kind = "github";
  readonly host: string;
  readonly #client: Client;

  constructor(host: string, client: Client) {
    this.host = host;
    this.#client = client;
  }

  async *list(query: RepositoryQuery): AsyncIterable<ListedRepository> {
    if (query.kind === "owner") {
      const paths = [pathOf`/orgs/${query.owner}/repos`, pathOf`/users/${query.owner}/repos`];
      for await (const repository of this.#client.pagesOfFirst<Repository>(paths)) yield listed(repository);
    } else yield* this.#search(query.kind === "topic" ? `topic:${query.topic}` : query.words);
  }

  async preflight({ owner, name }: RepositoryName): ReturnType<Forge["preflight"]> {
    await this.#client.requireTurn();
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
    return openOnce(this, repository, { head, status: 422 }, async () => {
      const pull = await this.#client.create<Pull>(path, { title, body, head, base, draft: isDraft });
      await this.#dress(repository, pull.number, draft);
      return pullRequest(pull);
    });
  }

  async update(
    repository: RepositoryName,
    number: number,
    words: Pick<PullRequestDraft, "title" | "body">,
  ): Promise<PullRequest> {
    return pullRequest(await updatePull<Pull>(this.#client, repository, number, words));
  }

  async close(repository: RepositoryName, number: number, comment: string): Promise<PullRequest> {
    return pullRequest(await closePull<Pull>(this.#client, repository, number, comment));
  }

  expectedDuration(openings: number): number {
    return durationOf(openings, CREATIONS);
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
