import { CiFixError } from "@ci-fix/codemod";
import type { ObjectId, Repository, TreeEntry } from "@ci-fix/git";
import { isCiFile, repositoryView, type RepositoryView } from "@ci-fix/workflow";
import type { FileSource } from "../types.ts";
import { branchesOf } from "./branches.ts";

/** CI files as a commit holds them: the bytes that a commit on top of it must start from, whatever the work tree does to line ends. */
export function commitSource(repository: Repository, commit: ObjectId): FileSource {
  let listed: Promise<ReadonlyMap<string, TreeEntry>> | undefined;
  const entries = (): Promise<ReadonlyMap<string, TreeEntry>> => {
    listed ??= repository.listTree(commit).then((all) => new Map(all.map((entry) => [entry.path, entry])));
    return listed;
  };
  return {
    root: repository.root,
    list: async () =>
      [...(await entries()).values()]
        .filter((entry) => isLive(entry.path))
        .map((entry) => entry.path)
        .sort(),
    read: async (path) => readBlob(repository, path, (await entries()).get(path)),
    repository: async () => viewOf(repository, await entries()),
  };
}

/** Workflows count only in the root's folder; a copy deeper down is a template and never runs. */
export function isLive(path: string): boolean {
  return isCiFile(path) && (path.startsWith(".github/workflows/") || !path.includes(".github/workflows/"));
}

const views = new WeakMap<Repository, Map<ObjectId, Promise<RepositoryView>>>();

/** What a commit holds besides its CI files; the same object for the same commit. */
export async function commitView(repository: Repository, commit: ObjectId): Promise<RepositoryView> {
  const known = views.get(repository) ?? new Map<ObjectId, Promise<RepositoryView>>();
  views.set(repository, known);
  const view = known.get(commit) ?? commitSource(repository, commit).repository();
  known.set(commit, view);
  return view;
}

/** Bytes. */
const largestCalled = 1024 * 1024;

/** A path of the tree never leads through a link: below one, a commit has no entries. */
function viewOf(repository: Repository, entries: ReadonlyMap<string, TreeEntry>): RepositoryView {
  return repositoryView((path) => {
    const entry = entries.get(path);
    return entry?.mode.startsWith("100") === true ? repository.readBlobNow(entry.oid, largestCalled) : undefined;
  }, branchesOf(repository.root));
}

async function readBlob(repository: Repository, path: string, entry: TreeEntry | undefined): Promise<Uint8Array> {
  if (entry === undefined) throw new CiFixError("CI_FIX_NO_SUCH_PATH", `${path} is not in the last commit`);
  if (entry.inexact === true) {
    throw new CiFixError("CI_FIX_UNREADABLE", `${path}: its name is not UTF-8, so that no commit can name it`);
  }
  if (entry.mode === "120000" || entry.mode === "160000") {
    throw new CiFixError("CI_FIX_SYMLINK", "this is a symbolic link or a submodule; neither is followed");
  }
  const bytes = (await repository.readBlobs([entry.oid])).get(entry.oid);
  if (bytes === undefined) throw new CiFixError("CI_FIX_UNREADABLE", `${path}: its blob ${entry.oid} is missing`);
  return bytes;
}
