import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Access,
  type Head,
  openRemoteEnd,
  openRepository,
  openScratch,
  type RemoteEnd,
  type Repository,
  requireContained,
} from "@ci-fix/git";
import { Stopped } from "../steps/outcome.ts";
import type { Entry } from "../types.ts";
import type { Workplace } from "./types.ts";

/** The far end of a clone, reached from a repository of ci-fix's own, so that no setting of the clone has a say. */
async function farEnd(
  workplace: Pick<Workplace, "repository">,
  state: string,
  access: Access,
): Promise<{ readonly end: RemoteEnd; readonly scratch: string }> {
  const address = await workplace.repository.remoteAddress("origin");
  if (address === undefined) {
    const detail = "the clone has no remote `origin` to push to; --commit makes a branch in it";
    throw new Stopped({ state: "blocked", reason: "no-remote", detail });
  }
  const parent = join(state, "copies");
  await mkdir(parent, { recursive: true });
  const scratch = await openScratch(parent, workplace.repository);
  return { end: openRemoteEnd(scratch, address, access), scratch };
}

async function openContained({ source }: Entry, branch: string): Promise<Repository> {
  const repository = await openRepository(source);
  await requireContained(repository, source, branch);
  return repository;
}

export async function lookAtFolder(entry: Entry, branch: string): Promise<Head> {
  return (await openContained(entry, branch)).head();
}

/** Opens a clone on the disk. `far`: the branch is to appear at its `origin`; else in the clone itself. */
export async function openFolder(
  entry: Entry,
  state: string,
  access: Access,
  { far, branch }: { readonly far: boolean; readonly branch: string },
): Promise<Workplace> {
  const repository = await openContained(entry, branch);
  const head = await repository.head();
  const remote = far ? await farEnd({ repository }, state, access) : undefined;
  const nothing = async (): Promise<void> => {};
  return {
    repository,
    head,
    fetch: nothing,
    fetchCommit: nothing,
    look: async (name) =>
      remote?.end.look(name) ?? { defaultRef: head.ref, head: head.oid, branch: await repository.branch(name) },
    publish: (name, tip, expected) =>
      remote?.end.push(name, tip, expected) ?? repository.moveBranch(name, expected, tip),
    retract: (name, expected) => remote?.end.remove(name, expected) ?? repository.moveBranch(name, expected, undefined),
    close: async () => {
      if (remote !== undefined) await rm(remote.scratch, { recursive: true, force: true });
    },
  };
}
