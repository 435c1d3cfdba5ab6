import { join } from "node:path";
import type { Head } from "@ci-fix/git";
import type { Context } from "../context.ts";
import type { Entry } from "../types.ts";
import { lookAtFolder, openFolder } from "./folder.ts";
import { lookAtRemote, openRemote } from "./remote.ts";
import type { Workplace } from "./types.ts";

export interface OpenOptions {
  /** The branch is to appear on a server. */
  readonly far: boolean;
  /** A copy that an earlier step left may do. */
  readonly again: boolean;
  /** The branch that is worked on, if it is not the default branch: a new copy shows that one, if it is there. */
  readonly show?: string;
}

/** Where a repository's HEAD is now, without a copy of it; undefined if that cannot be told so easily. */
export async function lookAtHead({ state, access, ledger }: Context, entry: Entry): Promise<Head | undefined> {
  const { branch } = ledger.settings;
  const look =
    entry.kind === "folder" ? lookAtFolder(entry, branch) : lookAtRemote(entry, join(state, "copies"), access, branch);
  return look.catch(() => undefined);
}

/** Makes a repository ready, does the work, and puts away what was made for it. */
export async function inWorkplace<T>(
  { ledger, state, access }: Context,
  entry: Entry,
  { far, again, show }: OpenOptions,
  work: (workplace: Workplace) => Promise<{ readonly result: T; readonly keep: boolean }>,
): Promise<T> {
  const { branch } = ledger.settings;
  const workplace =
    entry.kind === "folder"
      ? await openFolder(entry, state, access, { far, branch })
      : await openRemote(entry, state, access, { lookFirst: again, branch, show });
  let keep = false;
  try {
    const done = await work(workplace);
    keep = done.keep;
    return done.result;
  } finally {
    await workplace.close(keep);
  }
}
