/** A repository of a forge. `owner` holds slashes where groups are nested. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** Which repositories to list. Each forge says with `ForgeError` `unsupported` what it cannot do. */
export type RepositoryQuery =
  | { readonly kind: "owner"; readonly owner: string }
  | { readonly kind: "topic"; readonly topic: string }
  | { readonly kind: "search"; readonly words: string };

/** One repository of a listing, with all that can be told without asking again. */
export interface ListedRepository extends RepositoryName {
  /** Where git clones from; no secret in it. */
  readonly url: string;
  readonly archived: boolean;
  readonly fork: boolean;
  readonly empty: boolean;
}

/** Why nothing can be landed in a repository. */
export type Obstacle = "permission" | "archived" | "rule";

/** What stands in the way of a push and a pull request, found before anything is made. */
export interface Preflight {
  readonly obstacles: readonly { readonly obstacle: Obstacle; readonly message: string }[];
  /** The repository takes squash merges alone: its commits will be lost, and a risk can be taken back by its stored edit only. */
  readonly squashOnly: boolean;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "merged" | "closed";
  /** Short name of the branch that holds the change. */
  readonly head: string;
  /** As it was given to `open`: what ci-fix wrote into it is read back from here. */
  readonly body: string;
}

/** A pull request to be opened. */
export interface PullRequestDraft {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Short branch names. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
}

/**
 * One host of repositories, entered with one credential. Pushing is not among this: that is plain git.
 *
 * The contract that the batch engine leans on:
 * - Every method may be called again after a crash, so nothing is remembered between calls.
 * - `findPullRequests` must see a pull request as soon as `open` has returned, also from another process: the engine asks it before
 *   each `open`, which is what keeps a killed run from opening a second one.
 * - A method that would exceed a limit of the forge (requests an hour, content creations a minute) waits up to a minute, or rejects with
 *   `ForgeError` `limited` and the time at which it may be tried again: the engine puts the repository back into the queue until then,
 *   and does not count it as a try.
 * - A disturbance that may pass (a 502, no answer in time) rejects with `temporary`: the engine tries again some times.
 * - No message of an error holds a token.
 */
export interface Forge {
  /** `github`, `gitlab`, `gitea`. */
  readonly kind: string;
  /** As in an address: lower case, with a port where it is not the usual one. */
  readonly host: string;
  list(query: RepositoryQuery): AsyncIterable<ListedRepository>;
  preflight(repository: RepositoryName): Promise<Preflight>;
  /** All pull requests from a branch of the repository itself, in any state, newest first. */
  findPullRequests(repository: RepositoryName, head: string): Promise<readonly PullRequest[]>;
  open(repository: RepositoryName, draft: PullRequestDraft): Promise<PullRequest>;
  /** Brings title and body up to date after the branch was pushed again. */
  update(
    repository: RepositoryName,
    number: number,
    words: Pick<PullRequestDraft, "title" | "body">,
  ): Promise<PullRequest>;
  /** Closes without merging, with a comment that says why. A pull request that is closed already is no error. */
  close(repository: RepositoryName, number: number, comment: string): Promise<PullRequest>;
  /** When that many new pull requests will all be open, in milliseconds from now; told to the user before the first. */
  expectedDuration(openings: number): number;
}

/** Gives the forge of a host; undefined where the host is none that is known. */
export type FindForge = (host: string) => Forge | undefined;
