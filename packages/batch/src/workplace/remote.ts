import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Access,
  type Address,
  cloneRemote,
  fetchBlobs,
  fetchCommit,
  GitError,
  type Head,
  openRemoteEnd,
  openRepository,
  readAddress,
  type RemoteRefs,
  type Repository,
  whereMoved,
} from "@ci-fix/git";
import type { Entry } from "../types.ts";
import type { Workplace } from "./types.ts";

/** A copy of a repository, and the commit that it shows. */
interface Copy {
  readonly address: Address;
  readonly repository: Repository;
  readonly head: Head;
}

/** The copy that an earlier step left, with what the server shows now; undefined if the copy does not show the same. */
async function reuse(
  address: Address,
  directory: string,
  branch: string,
  access: Access,
): Promise<(Copy & { readonly seen: RemoteRefs }) | undefined> {
  const repository = await openRepository(directory).catch(() => undefined);
  if (repository?.bare !== true) return undefined;
  const head = await repository.head();
  const look = openRemoteEnd(directory, address, access).look(branch);
  const seen = await look.catch(() => undefined);
  return seen?.head !== undefined && seen.head === head.oid ? { address, repository, head, seen } : undefined;
}

async function copy(address: Address, directory: string, access: Access, show: string | undefined): Promise<Copy> {
  const at = async (place: Address): Promise<Copy> => {
    await cloneRemote(place, directory, access, show);
    const repository = await openRepository(directory);
    return { address: place, repository, head: await repository.head() };
  };
  try {
    return await at(address);
  } catch (error) {
    const moved =
      error instanceof GitError && error.code === "CI_FIX_REMOTE_MOVED" ? await whereMoved(address, access) : undefined;
    if (moved === undefined) throw error;
    return at(moved);
  }
}

/** One look at the server from a folder of ci-fix's own. */
export async function lookAtRemote(entry: Entry, folder: string, access: Access, branch: string): Promise<Head> {
  await mkdir(folder, { recursive: true });
  const { defaultRef, head } = await openRemoteEnd(folder, readAddress(entry.source), access).look(branch);
  return { ref: defaultRef, oid: head };
}

export interface OpenRemoteOptions {
  /** One look at the server may spare the copy. */
  readonly lookFirst: boolean;
  /** The campaign's. */
  readonly branch: string;
  /** The branch to copy, if it is there, instead of the default branch. */
  readonly show?: string | undefined;
}

/** Opens a repository on a server through a copy of its newest trees. */
export async function openRemote(
  entry: Entry,
  state: string,
  access: Access,
  { lookFirst, branch, show }: OpenRemoteOptions,
): Promise<Workplace> {
  const directory = join(state, "copies", `${entry.campaign}-${entry.id}.git`);
  const given = readAddress(entry.source);
  const reused = lookFirst && existsSync(directory) ? await reuse(given, directory, branch, access) : undefined;
  const { address, repository, head } = reused ?? (await copy(given, directory, access, show));
  let seen = reused?.seen;
  const end = openRemoteEnd(directory, address, access);
  return {
    repository,
    head,
    fetch: (oids) => fetchBlobs(directory, address, oids, access),
    async fetchCommit(oid) {
      if (oid !== head.oid) await fetchCommit(directory, address, oid, access);
    },
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
