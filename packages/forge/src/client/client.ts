import { ForgeError } from "../errors.ts";
import { type Clock, wallClock } from "./clock.ts";
import { LONGEST_WAIT, type Pace } from "./pace.ts";
import { AnswerError, refusalOf } from "./refusal.ts";

/** How a forge is spoken to. */
export interface ClientOptions {
  /** Root of its API, without a slash at the end. */
  readonly root: string;
  /** Sent with each request. One of them holds the token. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must never be in a message. */
  readonly secret: string | undefined;
  readonly pace: Pace;
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
}

export interface Answer<T> {
  readonly headers: Headers;
  readonly body: T;
}

export type Query = Readonly<Record<string, string | number | boolean>>;
type Method = "GET" | "POST" | "PATCH" | "PUT";

/** Milliseconds. */
const PATIENCE = 30_000;
/** How often something is asked that only reads, and how long the first pause is; each is twice the one before. */
const READING = { tries: 3, pause: 500 } as const;

/**
 * JSON over HTTP with what all forges have in common. A limit that ends within a minute is waited for, any other rejects with `limited`; what
 * only reads is tried again after a disturbance, what writes is not, for it may have been done.
 */
export class Client {
  readonly #options: ClientOptions;
  readonly #clock: Clock;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? wallClock;
  }

  async get<T>(path: string, query: Query = {}): Promise<Answer<T>> {
    return this.#read(new URL(this.#options.root + path), query);
  }

  async send<T>(method: Exclude<Method, "GET">, path: string, body: unknown): Promise<T> {
    const answer = await this.#patiently<T>(method, new URL(this.#options.root + path), body);
    return answer.body;
  }

  /** Sends what creates something that people see: it waits for its turn. */
  async create<T>(path: string, body: unknown): Promise<T> {
    return this.#options.pace.run(() => this.send<T>("POST", path, body));
  }

  /** Rejects with `limited` where `create` would: asked before a repository costs anything else. */
  async requireTurn(): Promise<void> {
    await this.#options.pace.check();
  }

  /** The items of the first of these lists that there is: whether an owner is an organisation or a person, only the answer tells. */
  async *pagesOfFirst<T>(paths: readonly string[], query: Query = {}): AsyncIterable<T> {
    const [path, ...others] = paths;
    if (path === undefined) return;
    try {
      yield* this.pages<T>(path, query);
    } catch (error) {
      if (others.length === 0 || !(error instanceof AnswerError) || error.status !== 404) throw error;
      yield* this.pagesOfFirst<T>(others, query);
    }
  }

  /** All items of a list, page by page, as the `Link` headers lead. */
  async *pages<T>(path: string, query: Query = {}): AsyncIterable<T> {
    const root = new URL(this.#options.root);
    let next: URL | undefined = new URL(this.#options.root + path);
    let asked: Query = { per_page: 100, ...query };
    while (next !== undefined) {
      const { body, headers }: Answer<readonly T[]> = await this.#read(next, asked);
      yield* body;
      next = nextPage(headers, root);
      asked = {};
    }
  }

  async #read<T>(url: URL, query: Query): Promise<Answer<T>> {
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#patiently<T>("GET", url, undefined);
      } catch (error) {
        const isOver = attempt >= READING.tries || !(error instanceof ForgeError) || error.kind !== "temporary";
        if (isOver) throw error;
        await this.#clock.sleep(READING.pause * 2 ** (attempt - 1));
      }
    }
  }

  async #patiently<T>(method: Method, url: URL, body: unknown): Promise<Answer<T>> {
    try {
      return await this.#once<T>(method, url, body);
    } catch (error) {
      const end = error instanceof ForgeError && error.kind === "limited" ? error.retryAt : undefined;
      const wait = (end ?? Infinity) - this.#clock.now();
      if (wait > LONGEST_WAIT) throw error;
      await this.#clock.sleep(Math.max(0, wait));
      return this.#once<T>(method, url, body);
    }
  }

  async #once<T>(method: Method, url: URL, body: unknown): Promise<Answer<T>> {
    const what = `${method} ${url.origin}${url.pathname}`;
    const { response, text } = await this.#exchange(what, url, {
      method,
      headers: { "user-agent": "ci-fix", "content-type": "application/json", ...this.#options.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw refusalOf(response, this.#scrubbed(text), what, this.#clock.now());
    try {
      return { headers: response.headers, body: JSON.parse(text === "" ? "null" : text) as T };
    } catch (error) {
      throw new ForgeError("temporary", `${what}: the answer is no JSON`, { cause: error });
    }
  }

  async #exchange(what: string, url: URL, init: RequestInit): Promise<{ response: Response; text: string }> {
    try {
      const response = await (this.#options.fetch ?? fetch)(url, init);
      return { response, text: await response.text() };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new ForgeError("temporary", `${what}: ${this.#scrubbed(String(cause))}`);
    }
  }

  #scrubbed(text: string): string {
    const { secret } = this.#options;
    return secret === undefined || secret === "" ? text : text.replaceAll(secret, "***");
  }
}

/** The next page, if it is of the same forge: a token is sent nowhere else. */
function nextPage(headers: Headers, root: URL): URL | undefined {
  const link = /<([^>]+)>\s*;[^,]*\brel="?next"?/u.exec(headers.get("link") ?? "")?.[1];
  if (link === undefined || !URL.canParse(link, root.href)) return undefined;
  const url = new URL(link, root.href);
  return url.origin === root.origin ? url : undefined;
}
