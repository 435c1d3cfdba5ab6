import { answerProblems, type Match, matchOperation, requestProblems } from "./description.ts";

export interface DoublePull {
  readonly number: number;
  readonly head: string;
  title: string;
  body: string;
  state: "open" | "closed";
  merged: boolean;
}

export interface DoubleRepository {
  archived?: boolean;
  push?: boolean;
  rules?: readonly string[];
  squashOnly?: boolean;
  readonly pulls: DoublePull[];
  readonly comments: string[];
}

/** What goes wrong with a request: before anything is done, after it was done, or because there were too many. */
export type Disturbance = "before" | "after" | "secondary" | "primary" | undefined;

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * GitHub as far as ci-fix asks for it: it remembers what is created, counts what is created against the limits of GitHub's documentation, and
 * holds every request and answer against GitHub's own description.
 */
export class GitHubDouble {
  readonly origin: string;
  readonly repositories = new Map<string, DoubleRepository>();
  /** What a real GitHub would not have taken, or not have said. */
  readonly problems: string[] = [];
  requests = 0;
  pageSize = 100;
  scopes: string | undefined;
  cloneRoot = "https://github.com";
  disturb: (request: Request) => Disturbance | Promise<Disturbance> = () => undefined;
  readonly #now: () => number;
  #creations: number[] = [];

  constructor(now: () => number, origin = "https://api.github.com") {
    this.#now = now;
    this.origin = origin;
  }

  add(name: string, repository: Partial<DoubleRepository> = {}): DoubleRepository {
    const made = { pulls: [], comments: [], ...repository };
    this.repositories.set(name, made);
    return made;
  }

  readonly fetch: typeof fetch = async (input, init) => this.handle(new Request(input, init));

  async handle(request: Request): Promise<Response> {
    this.requests += 1;
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v3(?=\/)/u, "");
    const text = await request.text();
    const match = matchOperation(request.method, path);
    if (match === undefined) {
      this.problems.push(`${request.method} ${path} is not described`);
      return this.#respond({ status: 404, body: { message: "Not Found" } });
    }
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    this.problems.push(...requestProblems(match, url.searchParams, body));
    const disturbance = await this.disturb(request);
    const refused = this.#refused(disturbance) ?? this.#limited(match);
    if (refused !== undefined) return this.#respond(refused);
    const reply = this.#answer(match, url, (body ?? {}) as Record<string, unknown>);
    this.problems.push(...answerProblems(match, reply.status, reply.body));
    return this.#respond(disturbance === "after" ? { status: 502, body: { message: "Server Error" } } : reply);
  }

  #refused(disturbance: Disturbance): Reply | undefined {
    if (disturbance === "before") return { status: 502, body: { message: "Server Error" } };
    if (disturbance === "secondary") {
      const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
      return { status: 403, body: { message }, headers: { "retry-after": "30" } };
    }
    if (disturbance === "primary") {
      const reset = String(Math.ceil(this.#now() / 1000) + 1800);
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      return { status: 403, body: { message: "API rate limit exceeded" }, headers };
    }
    return undefined;
  }

  /** 80 creations a minute and 500 an hour. */
  #limited({ key }: Match): Reply | undefined {
    if (!/^POST .*(?:pulls|comments)$/u.test(key)) return undefined;
    const now = this.#now();
    this.#creations = this.#creations.filter((time) => time > now - HOUR);
    this.#creations.push(now);
    const lastMinute = this.#creations.filter((time) => time > now - MINUTE).length;
    if (lastMinute <= 80 && this.#creations.length <= 500) return undefined;
    this.problems.push(`${lastMinute} creations in a minute, ${this.#creations.length} in an hour`);
    return this.#refused("secondary");
  }

  #answer({ key, names }: Match, url: URL, body: Record<string, unknown>): Reply {
    if (key.startsWith("GET /orgs/") && names["org"] === "nobody")
      return { status: 404, body: { message: "Not Found" } };
    if (/^GET \/(?:orgs|users)\//u.test(key))
      return this.#page(url, this.#listed(names["org"] ?? names["username"] ?? ""));
    if (key.startsWith("GET /search/")) return this.#search(url);
    const full = `${names["owner"]}/${names["repo"]}`;
    const repository = this.repositories.get(full);
    if (repository === undefined) return { status: 404, body: { message: "Not Found" } };
    if (key.endsWith("/repos/{owner}/{repo}")) return this.#repository(full, repository);
    if (key.includes("/rules/")) return { status: 200, body: (repository.rules ?? []).map((type) => ({ type })) };
    return this.#pulls(full, repository, { key, names }, { url, body });
  }

  #pulls(
    full: string,
    repository: DoubleRepository,
    { key, names }: Match,
    asked: { url: URL; body: Record<string, unknown> },
  ): Reply {
    const { body, url } = asked;
    const number = Number(names["pull_number"] ?? names["issue_number"]);
    const pull = repository.pulls.find((each) => each.number === number);
    if (key.startsWith("GET") && Number.isNaN(number)) return this.#found(full, repository, url);
    if (key.endsWith("/pulls")) return this.#open(full, repository, body);
    if (pull === undefined) return { status: 404, body: { message: "Not Found" } };
    if (key.endsWith("/comments")) {
      repository.comments.push(String(body["body"]));
      return { status: 201, body: { id: repository.comments.length, body: body["body"], html_url: this.origin } };
    }
    if (key.endsWith("/labels")) return { status: 200, body: (body["labels"] as string[]).map((name) => ({ name })) };
    if (key.startsWith("PATCH")) Object.assign(pull, body);
    return { status: key.endsWith("/requested_reviewers") ? 201 : 200, body: this.#shown(full, pull) };
  }

  #found(full: string, repository: DoubleRepository, url: URL): Reply {
    const head = url.searchParams.get("head");
    const owner = full.split("/")[0];
    const pulls = repository.pulls.filter((pull) => head === null || head === `${owner}:${pull.head}`);
    return this.#page(
      url,
      pulls.toReversed().map((pull) => this.#shown(full, pull)),
    );
  }

  #open(full: string, { pulls }: DoubleRepository, body: Record<string, unknown>): Reply {
    const head = String(body["head"]);
    if (pulls.some((pull) => pull.head === head && pull.state === "open")) {
      const message = `A pull request already exists for ${full.split("/")[0]}:${head}.`;
      return {
        status: 422,
        body: { message: "Validation Failed", errors: [{ resource: "PullRequest", code: "custom", message }] },
      };
    }
    const pull: DoublePull = {
      number: pulls.length + 1,
      head,
      title: String(body["title"]),
      body: String(body["body"]),
      state: "open",
      merged: false,
    };
    pulls.push(pull);
    return { status: 201, body: this.#shown(full, pull) };
  }

  #shown(full: string, { number, head, title, body, state, merged }: DoublePull): unknown {
    const html_url = `https://github.com/${full}/pull/${number}`;
    return {
      number,
      html_url,
      state,
      title,
      body,
      merged_at: merged ? "2026-02-08T00:00:00Z" : null,
      head: { ref: head },
      base: { ref: "main" },
    };
  }

  #repository(full: string, { archived, push, squashOnly }: DoubleRepository): Reply {
    const body = {
      ...this.#summary(full),
      archived: archived === true,
      disabled: false,
      default_branch: "main",
      permissions: { admin: false, pull: true, push: push !== false },
      allow_merge_commit: squashOnly !== true,
      allow_rebase_merge: squashOnly !== true,
      allow_squash_merge: true,
    };
    return { status: 200, body, headers: this.scopes === undefined ? {} : { "x-oauth-scopes": this.scopes } };
  }

  #summary(full: string): object {
    const [login = "", name = ""] = full.split("/");
    const archived = this.repositories.get(full)?.archived === true;
    return {
      name,
      full_name: full,
      owner: { login },
      clone_url: `${this.cloneRoot}/${full}.git`,
      archived,
      fork: false,
      size: 1,
    };
  }

  #listed(owner: string): unknown[] {
    return [...this.repositories.keys()]
      .filter((full) => full.startsWith(`${owner}/`))
      .map((full) => this.#summary(full));
  }

  #search(url: URL): Reply {
    const words = url.searchParams.get("q") ?? "";
    const found = [...this.repositories.keys()]
      .filter((full) => full.includes(words))
      .map((full) => this.#summary(full));
    const page = this.#page(url, found);
    return { status: 200, body: { total_count: found.length, incomplete_results: false, items: page.body } };
  }

  #page(url: URL, items: readonly unknown[]): Reply {
    const size = Math.min(this.pageSize, Number(url.searchParams.get("per_page") ?? 30));
    const page = Number(url.searchParams.get("page") ?? 1);
    const body = items.slice((page - 1) * size, page * size);
    if (page * size >= items.length) return { status: 200, body };
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    return { status: 200, body, headers: { link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` } };
  }

  #respond({ status, body, headers = {} }: Reply): Response {
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
  }
}
