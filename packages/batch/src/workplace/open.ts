import type { Context } from "../context.ts";
import type { Entry } from "../types.ts";
import { openFolder } from "./folder.ts";
import { openRemote } from "./remote.ts";
import type { Workplace } from "./types.ts";

export interface OpenOptions {
  /** The branch is to appear on a server. */
  readonly far: boolean;
  /** A copy that an earlier step left may do. */
  readonly again: boolean;
}

/** Makes a repository ready, does the work, and puts away what was made for it. */
export async function inWorkplace<T>(
  { ledger, state, access }: Context,
  entry: Entry,
  { far, again }: OpenOptions,
  work: (workplace: Workplace) => Promise<{ readonly result: T; readonly keep: boolean }>,
): Promise<T> {
  const { branch } = ledger.settings;
  const workplace =
    entry.kind === "folder"
      ? await openFolder(entry, state, access, { far, branch })
      : await openRemote(entry, state, access, { lookFirst: again, branch });
  let keep = false;
  try {
    const done = await work(workplace);
    keep = done.keep;
    return done.result;
  } finally {
    await workplace.close(keep);
  }
}
