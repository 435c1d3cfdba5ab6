import { GitError } from "../errors.ts";
import { commandFailed, escapeControls } from "../failure.ts";
import type { Place } from "../place.ts";
import { runGit } from "../run.ts";

/** A date of git: seconds since 1970 and the zone. */
const DATE = /^\d{1,15} [+-]\d{4}$/u;

/** `Name <mail> seconds zone` of both, byte for byte: each character stands for one byte, whatever the encoding of the name is. */
export interface Identity {
  readonly author: string;
  readonly committer: string;
}

async function ident(place: Place, variable: string, date: string | undefined): Promise<string> {
  const outcome = await runGit(place.root, ["var", variable]);
  if (outcome.code !== 0) {
    if (outcome.stderr.includes("invalid date format")) throw commandFailed("var", outcome);
    throw new GitError("CI_FIX_NO_IDENTITY", "git does not know who makes the commits.", {
      hint: 'Tell it: git config --global user.name "Your Name" and git config --global user.email "you@example.com"',
    });
  }
  const [, who = "", when = ""] = /^(.*> )(\d+ [+-]\d{4})\n$/su.exec(outcome.stdout.toString("latin1")) ?? [];
  return who + (date ?? when);
}

/**
 * Who makes the commits, and when, as `git commit` would find it: settings and `GIT_AUTHOR_…`, `GIT_COMMITTER_…` of the environment.
 * @throws GitError `CI_FIX_NO_IDENTITY`
 */
export async function readIdentity(place: Place, date: string | undefined): Promise<Identity> {
  if (date !== undefined && !DATE.test(date)) {
    throw new GitError("CI_FIX_GIT_FAILED", `Not a date of git: ${escapeControls(date)}`, {
      hint: "Write seconds since 1970 and the zone, such as 1770508800 +0000.",
    });
  }
  const [author, committer] = await Promise.all([
    ident(place, "GIT_AUTHOR_IDENT", date),
    ident(place, "GIT_COMMITTER_IDENT", date),
  ]);
  return { author, committer };
}

/** Makes a git command that writes commits use the same moments as the rest of the series. */
export function dateEnvironment(identity: Identity): Record<string, string> {
  const when = (text: string): string => `@${text.slice(text.lastIndexOf("> ") + 2)}`;
  return { GIT_AUTHOR_DATE: when(identity.author), GIT_COMMITTER_DATE: when(identity.committer) };
}
