import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Access,
  type Address,
  cloneRemote,
  fetchBlobs,
  fetchCommit,
  GitError,
  openRemoteEnd,
  openRepository,
  readAddress,
  type RemoteRefs,
  type Repository,
  whereMoved,
} from "@ci-fix/git";
import type { Entry } from "../types.ts";
import type { Workplace } from "./types.ts";

/** The copy that an earlier step left, if it is whole and shows the same commit. */
async function reuse(directory: string, head: string | undefined): Promise<Repository | undefined> {
  if (head === undefined) return undefined;
  const repository = await openRepository(directory).catch(() => undefined);
  return repository?.bare === true && (await repository.head()).oid === head ? repository : undefined;
}

async function copy(
  address: Address,
  directory: string,
  access: Access,
): Promise<{ address: Address; repository: Repository }> {
  try {
    await cloneRemote(address, directory, access);
    return { address, repository: await openRepository(directory) };
  } catch (error) {
    const moved =
      error instanceof GitError && error.code === "CI_FIX_REMOTE_MOVED" ? await whereMoved(address, access) : undefined;
    if (moved === undefined) throw error;
    await cloneRemote(moved, directory, access);
    return { address: moved, repository: await openRepository(directory) };
  }
}

/** Opens a repository on a server through a copy of its newest trees. `lookFirst`: one look at the server may spare the copy. */
export async function openRemote(
  entry: Entry,
  state: string,
  access: Access,
  { lookFirst, branch }: { readonly lookFirst: boolean; readonly branch: string },
): Promise<Workplace> {
  const directory = join(state, "copies", `${entry.campaign}-${entry.id}.git`);
  const given = readAddress(entry.source);
  let seen: RemoteRefs | undefined;
  let reused: Repository | undefined;
  if (lookFirst) {
    const known = await openRepository(directory).catch(() => undefined);
    if (known !== undefined) {
      seen = await openRemoteEnd(directory, given, access)
        .look(branch)
        .catch(() => undefined);
      reused = await reuse(directory, seen?.head);
    }
  }
  const { address, repository } =
    reused === undefined ? await copy(given, directory, access) : { address: given, repository: reused };
  const end = openRemoteEnd(directory, address, access);
  return {
    repository,
    head: await repository.head(),
    fetch: (oids) => fetchBlobs(directory, address, oids, access),
    fetchCommit: (oid) => fetchCommit(directory, address, oid, access),
    async look(name) {
      const before = name === branch ? seen : undefined;
      seen = undefined;
      return before ?? end.look(name);
    },
    publish: (name, tip, expected) => end.push(name, tip, expected),
    retract: (name, expected) => end.remove(name, expected),
    close: async (keep) => {
      if (!keep) await rm(directory, { recursive: true, force: true });
    },
  };
}
