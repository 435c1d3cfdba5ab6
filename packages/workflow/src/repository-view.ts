/**
 * The other files of the repository that a CI file lies in: scripts, manifests, local actions. It reads the same tree as the CI files
 * come from (the work tree or a commit), at once and only what is asked for. Paths are relative to the root, with `/`. What is missing,
 * over 1 MiB, a link or behind one, or outside of the tree is undefined: nothing is known of it then.
 */
export interface RepositoryView {
  bytes(path: string): Uint8Array | undefined;
  /** Undefined for what is no UTF-8 text, too. A byte order mark is kept. */
  text(path: string): string | undefined;
  /** Undefined where not all of them are known: a clone of one branch, a tree without git. */
  readonly branches: Branches | undefined;
}

/** The branches of a repository, here and where it comes from. */
export interface Branches {
  readonly names: ReadonlySet<string>;
  /** The one that is checked out when nothing else is said. */
  readonly main: string | undefined;
}

/** An action of the same repository. Paths are relative to the root. */
export interface LocalAction {
  /** Its `action.yml`. */
  readonly path: string;
  /** As written: `composite`, `docker`, `node20`. */
  readonly using: string;
  /** What it runs before, as, and after its main part; none for composite actions. */
  readonly programs: readonly string[];
}
