import type { ObjectId, RemoteRefs, Repository } from "@ci-fix/git";

/** One repository made ready to be worked on, wherever it is. Everything is read from and written to objects; no work tree is touched. */
export interface Workplace {
  readonly repository: Repository;
  /** The branch that work starts from, and its commit, as they were when the workplace was opened. */
  readonly head: { readonly ref: string | undefined; readonly oid: ObjectId | undefined };
  /** Makes these blobs readable. */
  fetch(oids: readonly ObjectId[]): Promise<void>;
  /** Makes a commit that only a branch shows readable. */
  fetchCommit(oid: ObjectId): Promise<void>;
  /** What there is now, at the end where the branch is to appear. */
  look(branch: string): Promise<RemoteRefs>;
  /** Lets the branch appear, or moves it, from exactly `expected`. */
  publish(branch: string, tip: ObjectId, expected: ObjectId | undefined): Promise<void>;
  /** Takes the branch away from exactly `expected`. */
  retract(branch: string, expected: ObjectId): Promise<void>;
  /** Removes what is of no use any more; a copy is kept for the next step if `keep` says so. */
  close(keep: boolean): Promise<void>;
}
