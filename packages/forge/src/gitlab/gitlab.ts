import { originOf, pathOf } from "../client/address.ts";
import type { Client, Query } from "../client/client.ts";
import { connect } from "../client/connect.ts";
import { openOnce } from "../client/pulls.ts";
import { AnswerError } from "../client/refusal.ts";
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

/** What is read of GitLab's answers; its documentation, "Projects API", "Merge requests API", "Project push rules API". */
interface Project {
  readonly path: string;
  readonly http_url_to_repo: string;
  readonly archived: boolean;
  readonly empty_repo?: boolean;
  readonly forked_from_project?: unknown;
  readonly namespace: { readonly full_path: string };
  readonly permissions?: Readonly<Record<"project_access" | "group_access", { readonly access_level: number } | null>>;
  readonly squash_option?: string;
}

interface MergeRequest {
  readonly iid: number;
  readonly web_url: string;
  readonly state: string;
  readonly source_branch: string;
  readonly description: string | null;
}

/** A role that may push: Developer. */
const DEVELOPER = 30;

/** gitlab.com, and the server that `GITLAB_HOST` names. */
export const gitlab: ForgeKind = (host, options) => {
  if (host !== "gitlab.com" && host !== options.env["GITLAB_HOST"]?.toLowerCase()) return undefined;
  return new GitLab(host, connect(host, options, { root: `${originOf(host)}/api/v4`, scheme: "Bearer" }));
};

class GitLab implements Forge {
  readonly kind = "gitlab";
  readonly host: string;
  readonly #client: Client;

  constructor(host: string, client: Client) {
    this.host = host;
    this.#client = client;
  }

  async *list(query: RepositoryQuery): AsyncIterable<ListedRepository> {
    yield* this.#listAt(...whereToList(query));
  }

  async preflight(repository: RepositoryName): Promise<Preflight> {
    const { body: project } = await this.#client.get<Project>(projectPath(repository));
    const { archived, permissions, squash_option } = project;
    const obstacles: Preflight["obstacles"][number][] = [];
    if (archived) obstacles.push({ obstacle: "archived", message: "the project is archived" });
    const level = Math.max(
      permissions?.project_access?.access_level ?? 0,
      permissions?.group_access?.access_level ?? 0,
    );
    if (permissions !== undefined && level < DEVELOPER)
      obstacles.push({ obstacle: "permission", message: "the token may not push to this project" });
    if (obstacles.length === 0 && (await this.#wantsSigned(repository)))
      obstacles.push({ obstacle: "rule", message: "the project takes signed commits alone" });
    return { obstacles, squashOnly: squash_option === "always" };
  }

  async findPullRequests(repository: RepositoryName, head: string): Promise<readonly PullRequest[]> {
    const query = { source_branch: head, state: "all", order_by: "created_at", sort: "desc" };
    const found: PullRequest[] = [];
    for await (const request of this.#client.pages<MergeRequest>(`${projectPath(repository)}/merge_requests`, query))
      if (request.source_branch === head) found.push(pullRequest(request));
    return found;
  }

  async open(repository: RepositoryName, draft: PullRequestDraft): Promise<PullRequest> {
    const { title, body, head, base, labels, reviewers } = draft;
    const ids = await Promise.all(reviewers.map((name) => this.#userId(name)));
    return openOnce(this, repository, { head, status: 409 }, async () => {
      const request = await this.#client.create<MergeRequest>(`${projectPath(repository)}/merge_requests`, {
        title: draft.draft ? `Draft: ${title}` : title,
        description: body,
        source_branch: head,
        target_branch: base,
        labels: labels.join(","),
        reviewer_ids: ids.filter((id) => id !== undefined),
        remove_source_branch: true,
      });
      return pullRequest(request);
    });
  }

  async update(
    repository: RepositoryName,
    number: number,
    { title, body }: Pick<PullRequestDraft, "title" | "body">,
  ): Promise<PullRequest> {
    const path = `${projectPath(repository)}/merge_requests/${number}`;
    return pullRequest(await this.#client.send<MergeRequest>("PUT", path, { title, description: body }));
  }

  async close(repository: RepositoryName, number: number, comment: string): Promise<PullRequest> {
    const path = `${projectPath(repository)}/merge_requests/${number}`;
    const { body: request } = await this.#client.get<MergeRequest>(path);
    if (request.state !== "opened") return pullRequest(request);
    await this.#client.create(`${path}/notes`, { body: comment });
    return pullRequest(await this.#client.send<MergeRequest>("PUT", path, { state_event: "close" }));
  }

  /** GitLab sets no limit to merge requests themselves; that of requests is told when it is met. */
  expectedDuration(): number {
    return 0;
  }

  async *#listAt(paths: readonly string[], query: Query): AsyncIterable<ListedRepository> {
    for await (const project of this.#client.pagesOfFirst<Project>(paths, query)) yield listed(project);
  }

  async #wantsSigned(repository: RepositoryName): Promise<boolean> {
    try {
      const path = `${projectPath(repository)}/push_rule`;
      const { body } = await this.#client.get<{ readonly reject_unsigned_commits?: boolean } | null>(path);
      return body?.reject_unsigned_commits === true;
    } catch (error) {
      // Servers without push rules, and tokens that may not see them.
      if (error instanceof AnswerError && (error.status === 404 || error.status === 403)) return false;
      throw error;
    }
  }

  async #userId(username: string): Promise<number | undefined> {
    const { body } = await this.#client.get<readonly { readonly id: number }[]>("/users", { username });
    return body[0]?.id;
  }
}

function whereToList(query: RepositoryQuery): [paths: readonly string[], query: Query] {
  if (query.kind === "topic") return [["/projects"], { topic: query.topic }];
  if (query.kind === "search") return [["/projects"], { search: query.words }];
  const paths = [pathOf`/groups/${query.owner}/projects`, pathOf`/users/${query.owner}/projects`];
  return [paths, { include_subgroups: true }];
}

function projectPath({ owner, name }: RepositoryName): string {
  return pathOf`/projects/${`${owner}/${name}`}`;
}

function listed(project: Project): ListedRepository {
  return {
    owner: project.namespace.full_path,
    name: project.path,
    url: project.http_url_to_repo,
    archived: project.archived,
    fork: project.forked_from_project !== undefined,
    empty: project.empty_repo === true,
  };
}

function pullRequest({ iid, web_url, state, source_branch, description }: MergeRequest): PullRequest {
  const known = state === "merged" ? "merged" : state === "closed" ? "closed" : "open";
  return { number: iid, url: web_url, state: known, head: source_branch, body: description ?? "" };
}
