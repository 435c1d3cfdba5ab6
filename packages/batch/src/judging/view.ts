import { type RepositoryView, repositoryView } from "@ci-fix/workflow";
import { isRegular, type Tree } from "./tree.ts";

/** What a judgement looked at besides its own file: the object at each path, null where there was none. */
export type Needs = ReadonlyMap<string, string | null>;

/** A tree as a judgement sees it. It tells what was looked at, and what could not be shown because it is not here yet. */
export interface Watched {
  readonly repository: RepositoryView;
  /** The same by path, as a proof reads it. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly needs: Map<string, string | null>;
  /** Object ids to fetch before the judgement can be trusted. */
  readonly missing: Set<string>;
}

class WatchedContents extends Map<string, Uint8Array> {
  readonly #look: (path: string) => Uint8Array | undefined;

  constructor(known: Iterable<readonly [string, Uint8Array]>, look: (path: string) => Uint8Array | undefined) {
    super(known);
    this.#look = look;
  }

  override get(path: string): Uint8Array | undefined {
    return this.#look(path);
  }
}

export function watch(tree: Tree): Watched {
  const needs = new Map<string, string | null>();
  const missing = new Set<string>();
  const look = (path: string): Uint8Array | undefined => {
    const entry = tree.entries.get(path);
    const oid = isRegular(entry) ? entry.oid : null;
    needs.set(path, oid);
    if (oid === null) return undefined;
    const bytes = tree.blobs.get(oid);
    if (bytes === undefined) missing.add(oid);
    return bytes;
  };
  const known = tree.files.flatMap(({ path, oid }) => {
    const bytes = tree.blobs.get(oid);
    return bytes === undefined ? [] : [[path, bytes] as const];
  });
  return { repository: repositoryView(look), contents: new WatchedContents(known, look), needs, missing };
}
