import { GitError } from "../errors.ts";
import { escapeControls, showPath } from "../failure.ts";
import { requireObjectId } from "../head.ts";
import type { Outcome } from "../run.ts";
import type { ObjectId } from "../types.ts";
import type { Address } from "./address.ts";
import { type Access, notServed, talk } from "./transport.ts";

/** What stands on a server now. */
export interface RemoteRefs {
  /** The branch that HEAD names, as a full ref name; undefined where it names none. */
  readonly defaultRef: string | undefined;
  readonly head: ObjectId | undefined;
  /** Where the asked-for branch is; undefined where there is none. */
  readonly branch: ObjectId | undefined;
}

/** The far end of a repository: looking and pushing. Nothing local decides where it leads. */
export interface RemoteEnd {
  readonly address: Address;
  /** One request. `branch` is a short name. */
  look(branch: string): Promise<RemoteRefs>;
  /**
   * Moves a branch from exactly `expected` (undefined: it must not be there) to the commit.
   * @throws GitError `CI_FIX_BRANCH_TAKEN` where it is somewhere else, `CI_FIX_PUSH_REFUSED` where a rule of the server says no.
   */
  push(branch: string, tip: ObjectId, expected: ObjectId | undefined): Promise<void>;
  /** Removes a branch that is at exactly `expected`. Errors as for `push`. */
  remove(branch: string, expected: ObjectId): Promise<void>;
}

/**
 * A short branch name that can stand in a ref and on a command line.
 * @throws GitError `CI_FIX_ADDRESS_REFUSED`
 */
export function requireBranchName(name: string): string {
  // The rules of git-check-ref-format, and no leading dash.
  const wrong =
    name === "" ||
    /^[-/]|\/$|\/\/|\.\.|@\{|^@$|[\s\p{Cc}~^:?*[\\]|\.$/u.test(name) ||
    name.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock"));
  if (!wrong) return name;
  throw new GitError("CI_FIX_ADDRESS_REFUSED", `Not a name for a branch: ${showPath(name)}`);
}

function readRefs(outcome: Outcome, branch: string): RemoteRefs {
  const lines = outcome.stdout.toString("utf8").split("\n");
  const at = (ref: string): ObjectId | undefined =>
    lines.find((text) => !text.startsWith("ref: ") && text.endsWith(`\t${ref}`))?.split("\t", 1)[0];
  const symbolic = lines.find((text) => text.startsWith("ref: ") && text.endsWith("\tHEAD"));
  return { defaultRef: symbolic?.slice(5, -5), head: at("HEAD"), branch: at(`refs/heads/${branch}`) };
}

/** Why a push did not go through: git names the ref with `!` and a reason in brackets. */
function notPushed(outcome: Outcome, branch: string): GitError {
  const printed = outcome.stdout.toString("utf8");
  const reason = /^!\t[^\t]*\t(.*)$/mu.exec(printed)?.[1];
  if (reason === undefined) return notServed(outcome);
  const words = escapeControls([reason, outcome.stderr.trim()].join("\n").trim()).slice(-2000);
  const name = showPath(branch);
  if (
    /^\[rejected\]|stale info|fetch first|non-fast-forward|reference already exists|failed to update ref|cannot lock ref/u.test(
      reason,
    )
  ) {
    return new GitError("CI_FIX_BRANCH_TAKEN", `The branch ${name} is not where it was expected: ${words}`, {
      hint: "Somebody has pushed to it. Look at it; ci-fix does not push over commits that are not its own.",
    });
  }
  return new GitError("CI_FIX_PUSH_REFUSED", `The server refused the branch ${name}: ${words}`, {
    hint: "A rule, a hook or a missing permission (the workflow scope of a token) is in the way.",
  });
}

/** The far end that `directory`, a repository of ci-fix's own or (to look) any folder, talks to. The folder's settings must not be a stranger's. */
export function openRemoteEnd(directory: string, address: Address, access: Access = {}): RemoteEnd {
  const update = async (branch: string, source: string, expected: ObjectId | undefined): Promise<void> => {
    const ref = `refs/heads/${requireBranchName(branch)}`;
    const lease = `--force-with-lease=${ref}:${expected === undefined ? "" : requireObjectId(expected)}`;
    const command = ["push", "--porcelain", "--no-verify", "--quiet", lease, "--", address.url, `${source}:${ref}`];
    const outcome = await talk(directory, address, access, command);
    if (outcome.code !== 0) throw notPushed(outcome, branch);
  };
  return {
    address,
    async look(branch) {
      const ref = `refs/heads/${requireBranchName(branch)}`;
      const outcome = await talk(directory, address, access, ["ls-remote", "--symref", "--", address.url, "HEAD", ref]);
      if (outcome.code !== 0) throw notServed(outcome);
      return readRefs(outcome, branch);
    },
    push: (branch, tip, expected) => update(branch, requireObjectId(tip), expected),
    remove: (branch, expected) => update(branch, "", expected),
  };
}
