import type { Address } from "./remote/address.ts";

/** 40 or 64 lower-case hex digits. */
export type ObjectId = string;

/** A file of a tree. `path` is relative to the root of the tree, with `/`. */
export interface TreeEntry {
  readonly path: string;
  /** As git writes it: `100644`, `100755`, `120000` (symlink), `160000` (submodule). */
  readonly mode: string;
  readonly oid: ObjectId;
  /** Set where the name is not UTF-8: `path` shows U+FFFD in place of such bytes and names no file that can be changed. */
  readonly inexact?: true;
}

/** Something that git was in the middle of. */
export type Operation = "rebase" | "merge" | "cherry-pick" | "revert" | "bisect" | "am";

export interface Head {
  /** Full ref name (`refs/heads/main`); undefined when detached. */
  readonly ref: string | undefined;
  /** Undefined in a repository without a commit. */
  readonly oid: ObjectId | undefined;
}

/** A commit to be made: content changes against its parent. Modes of the parent's files are kept. */
export interface CommitSpec {
  readonly message: string;
  readonly changes: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface CommitOptions {
  /** Author and committer date of all commits: seconds since 1970 and the zone (`1770508800 +0000`). Default: now. */
  readonly date?: string;
  /** Run the repository's pre-commit and commit-msg hooks (slower way over `git commit`). */
  readonly runHooks?: boolean;
  /** Sign, also where `commit.gpgsign` is not set; false: do not, whatever it says. Default: as `commit.gpgsign` says. */
  readonly sign?: boolean;
}

/** Who makes commits and when, the same on every machine. */
export interface BuildOptions {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970 and the zone (`1770508800 +0000`). */
  readonly date: string;
}

export interface LogEntry {
  readonly oid: ObjectId;
  readonly parents: readonly ObjectId[];
  /** Seconds since 1970. */
  readonly authorTime: number;
  readonly subject: string;
  /** The whole message. */
  readonly message: string;
}

/** Which commits of the history are meant: all that lead to `from`, on side branches too. */
export interface LogOptions {
  readonly from?: string;
  /** Leaves out what leads to this commit as well. */
  readonly without?: ObjectId;
  /** Only commits that touch one of these. */
  readonly paths?: readonly string[];
  readonly limit?: number;
  /** Only commits whose message holds these words. */
  readonly containing?: string;
}

/**
 * A repository of the user. Reading never writes. All commands run with hooks of the repository off (unless asked for),
 * no pager, no external diff, no fsmonitor, no prompt, and `LC_ALL=C`.
 */
export interface Repository {
  /** Absolute path of the work tree; for a bare repository its git directory. */
  readonly root: string;
  readonly gitDir: string;
  readonly bare: boolean;
  readonly format: "sha1" | "sha256";
  /** The folder of the object database, so that a repository of ci-fix's own can read it. */
  readonly objects: string;
  head(): Promise<Head>;
  /** Resolves a revision to a commit; undefined where there is none. */
  resolve(revision: string): Promise<ObjectId | undefined>;
  /** The best common ancestor of two commits; undefined where they have none, or where a shallow clone does not reach it. */
  mergeBase(one: ObjectId, other: ObjectId): Promise<ObjectId | undefined>;
  /** True where history was cut off on cloning. */
  isShallow(): Promise<boolean>;
  operation(): Promise<Operation | undefined>;
  /** Files below any of the given folders or paths of a commit's tree (all of it when none are given). */
  listTree(commit: ObjectId, paths?: readonly string[]): Promise<TreeEntry[]>;
  /** Blobs by id in one batch. A missing one is absent from the map. */
  readBlobs(oids: readonly ObjectId[]): Promise<Map<ObjectId, Uint8Array>>;
  /**
   * One blob, blocking until it is read: for a few that nobody knows beforehand. Undefined where it is missing, larger than `limit`
   * bytes, or was left out of a partial clone.
   */
  readBlobNow(oid: ObjectId, limit: number): Uint8Array | undefined;
  /** Which of these paths differ from HEAD in the index or the work tree (untracked counts). */
  dirtyPaths(paths: readonly string[]): Promise<string[]>;
  /** Newest first. Without `from`, of HEAD. */
  log(options: LogOptions): Promise<LogEntry[]>;
  /**
   * Makes the commits on top of HEAD, off-tree, and moves HEAD's branch (or a detached HEAD) there by one guarded fast-forward.
   * The user's other staged, dirty and untracked files stay as they are. Throws `GitError` and leaves everything as it was for every state
   * in which that cannot be done.
   */
  commitSeries(specs: readonly CommitSpec[], options: CommitOptions): Promise<ObjectId[]>;
  /** The same commits on top of any commit, off-tree, without moving a branch, running a hook or signing. Oldest first. */
  buildSeries(base: ObjectId, specs: readonly CommitSpec[], options: BuildOptions): Promise<ObjectId[]>;
  /** Where a local branch is. */
  branch(name: string): Promise<ObjectId | undefined>;
  /**
   * Moves a branch that nobody has checked out from exactly `from` to `to`; undefined stands for no branch. Throws `GitError`
   * `CI_FIX_BRANCH_TAKEN` where it is somewhere else.
   */
  moveBranch(name: string, from: ObjectId | undefined, to: ObjectId | undefined): Promise<void>;
  /** The address that a remote of the clone names, checked; undefined where there is none. Throws `CI_FIX_ADDRESS_REFUSED`. */
  remoteAddress(remote: string): Promise<Address | undefined>;
}
