import { originOf, pathOf } from "../client/address.ts";
import type { Client } from "../client/client.ts";
import { connect } from "../client/connect.ts";
import { closePull, openOnce, updatePull } from "../client/pulls.ts";
import { AnswerError } from "../client/refusal.ts";
import { ForgeError } from "../errors.ts";
import type { ForgeKind } from "../find.ts";
import type {
  Forge,
  ListedRepository,
  Preflight,
  PullRequest,
  PullRequestDraft,
  RepositoryName,
  RepositoryQuery,
} from "../types.ts";

/** What is read of the answers of Gitea and Forgejo, by their Swagger description. */
interface Repository {
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly clone_url: string;
  readonly archived: boolean;
  readonly fork: boolean;
  readonly empty: boolean;
  readonly permissions?: { readonly push: boolean };
  readonly allow_merge_commits?: boolean;
  readonly allow_rebase?: boolean;
  readonly allow_rebase_explicit?: boolean;
  readonly allow_squash_merge?: boolean;
  readonly default_branch: string;
}

interface Pull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged: boolean;
  readonly body: string;
  readonly head: { readonly ref: string; readonly label: string };
}

const PUBLIC_HOSTS = ["gitea.com", "codeberg.org"];

/** gitea.com, codeberg.org, and the server that `GITEA_HOST` names; Forgejo speaks the same. */
export const gitea: ForgeKind = (host, options) => {
  if (!PUBLIC_HOSTS.includes(host) && host !== options.env["GITEA_HOST"]?.toLowerCase()) return undefined;
  return new Gitea(host, connect(host, options, { root: `${originOf(host)}/api/v1`, scheme: "token" }));
};

class Gitea implements Forge {
  readonly kind = "gitea";
  readonly host: string;
  readonly #client: Client;

  constructor(host: string, client: Client) {
    this.host = host;
    this.#client = client;
  }

  async *list(query: RepositoryQuery): AsyncIterable<ListedRepository> {
    if (query.kind !== "owner") {
      yield* this.#search(query.kind === "topic" ? query.topic : query.words, query.kind === "topic");
      return;
    }
    const paths = [pathOf`/orgs/${query.owner}/repos`, pathOf`/users/${query.owner}/repos`];
    for await (const repository of this.#client.pagesOfFirst<Repository>(paths, { limit: 50 }))
      yield listed(repository);
  }

  async preflight({ owner, name }: RepositoryName): Promise<Preflight> {
    const { body: repository } = await this.#client.get<Repository>(pathOf`/repos/${owner}/${name}`);
    const obstacles: Preflight["obstacles"][number][] = [];
    if (repository.archived) obstacles.push({ obstacle: "archived", message: "the repository is archived" });
    if (repository.permissions?.push === false)
      obstacles.push({ obstacle: "permission", message: "the token may not push to this repository" });
    if (obstacles.length === 0 && (await this.#wantsSigned(owner, name, repository.default_branch)))
      obstacles.push({ obstacle: "rule", message: "the default branch takes signed commits alone" });
    const { allow_merge_commits, allow_rebase, allow_rebase_explicit, allow_squash_merge } = repository;
    const others = [allow_merge_commits, allow_rebase, allow_rebase_explicit];
    return { obstacles, squashOnly: allow_squash_merge === true && others.every((allowed) => allowed === false) };
  }

  async findPullRequests({ owner, name }: RepositoryName, head: string): Promise<readonly PullRequest[]> {
    const found: PullRequest[] = [];
    const query = { state: "all", sort: "recentupdate", limit: 50 };
    for await (const pull of this.#client.pages<Pull>(pathOf`/repos/${owner}/${name}/pulls`, query))
      if (pull.head.ref === head && pull.head.label === head) found.push(pullRequest(pull));
    return found.sort((a, b) => b.number - a.number);
  }

  async open(repository: RepositoryName, draft: PullRequestDraft): Promise<PullRequest> {
    const { owner, name } = repository;
    const { title, body, head, base, labels, reviewers } = draft;
    return openOnce(this, repository, { head, status: 409 }, async () => {
      const pull = await this.#client.create<Pull>(pathOf`/repos/${owner}/${name}/pulls`, {
        title: draft.draft ? `WIP: ${title}` : title,
        body,
        head,
        base,
        labels: await this.#labelIds(repository, labels),
      });
      await this.#ask(repository, pull.number, reviewers);
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

  /** Gitea sets no limit to pull requests. */
  expectedDuration(): number {
    return 0;
  }

  async *#search(words: string, topic: boolean): AsyncIterable<ListedRepository> {
    for (let page = 1; ; page += 1) {
      const query = { q: words, topic, limit: 50, page };
      const { body } = await this.#client.get<{ readonly data: readonly Repository[] }>("/repos/search", query);
      yield* body.data.map(listed);
      if (body.data.length === 0) return;
    }
  }

  async #wantsSigned(owner: string, name: string, branch: string): Promise<boolean> {
    try {
      const path = pathOf`/repos/${owner}/${name}/branch_protections/${branch}`;
      const { body } = await this.#client.get<{ readonly require_signed_commits?: boolean }>(path);
      return body.require_signed_commits === true;
    } catch (error) {
      // No protection, or a token that may not see it.
      if (error instanceof AnswerError && (error.status === 404 || error.status === 403)) return false;
      throw error;
    }
  }

  /** Labels are named by number here. One that the repository does not have is left out. */
  async #labelIds({ owner, name }: RepositoryName, labels: readonly string[]): Promise<number[]> {
    if (labels.length === 0) return [];
    const ids: number[] = [];
    const path = pathOf`/repos/${owner}/${name}/labels`;
    for await (const label of this.#client.pages<{ readonly id: number; readonly name: string }>(path, { limit: 50 }))
      if (labels.includes(label.name)) ids.push(label.id);
    return ids;
  }

  /** Reviewers are an extra: whom the forge does not take does not undo the pull request. */
  async #ask({ owner, name }: RepositoryName, number: number, reviewers: readonly string[]): Promise<void> {
    if (reviewers.length === 0) return;
    const path = pathOf`/repos/${owner}/${name}/pulls/${number}/requested_reviewers`;
    try {
      await this.#client.send("POST", path, { reviewers });
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
    }
  }
}

function listed({ owner, name, clone_url, archived, fork, empty }: Repository): ListedRepository {
  return { owner: owner.login, name, url: clone_url, archived, fork, empty };
}

function pullRequest({ number, html_url, state, merged, body, head }: Pull): PullRequest {
  const ended = merged ? "merged" : "closed";
  return { number, url: html_url, state: state === "open" ? "open" : ended, head: head.ref, body };
}
