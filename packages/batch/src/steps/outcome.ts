import { CiFixError } from "@ci-fix/codemod";
import { ForgeError } from "@ci-fix/forge";
import { GitError, type GitErrorCode } from "@ci-fix/git";
import type { Change } from "../types.ts";

/** What an error means for a repository: a state that lasts, or another try. */
export type Meaning =
  | { readonly kind: "lasts"; readonly change: Change }
  | {
      readonly kind: "passes";
      readonly reason: string;
      readonly detail: string;
      readonly retryAt?: number | undefined;
    };

/** Git's errors that say something lasting about a repository. */
const LASTING: Partial<Record<GitErrorCode, readonly ["skipped" | "blocked" | "failed", string]>> = {
  CI_FIX_ADDRESS_REFUSED: ["skipped", "address"],
  CI_FIX_NOT_A_REPOSITORY: ["skipped", "not-a-repository"],
  CI_FIX_UNSAFE_OWNER: ["skipped", "not-trusted"],
  CI_FIX_NO_REMOTE: ["skipped", "gone"],
  CI_FIX_REMOTE_MOVED: ["skipped", "moved"],
  CI_FIX_SYMLINK: ["skipped", "symlink"],
  CI_FIX_NO_ACCESS: ["blocked", "permission"],
  CI_FIX_PUSH_REFUSED: ["blocked", "rule"],
  CI_FIX_BRANCH_TAKEN: ["blocked", "branch"],
  CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE: ["blocked", "branch"],
  CI_FIX_TOO_SLOW: ["failed", "limit"],
  CI_FIX_TOO_LARGE: ["failed", "limit"],
  CI_FIX_NO_IDENTITY: ["failed", "identity"],
};

const LONGEST = 1000;

function words(error: Error & { readonly hint?: string | undefined }): string {
  return error.message.replaceAll(/\s+/gu, " ").slice(0, LONGEST);
}

function ofGit(error: GitError): Meaning {
  const lasting = LASTING[error.code];
  if (lasting !== undefined)
    return { kind: "lasts", change: { state: lasting[0], reason: lasting[1], detail: words(error) } };
  return { kind: "passes", reason: error.code === "CI_FIX_UNREACHABLE" ? "unreachable" : "git", detail: words(error) };
}

function ofForge(error: ForgeError): Meaning {
  switch (error.kind) {
    case "temporary":
      return { kind: "passes", reason: "unreachable", detail: words(error) };
    case "limited":
      return { kind: "passes", reason: "limited", detail: words(error), retryAt: error.retryAt ?? Date.now() + 60_000 };
    case "permission":
      return { kind: "lasts", change: { state: "blocked", reason: "permission", detail: words(error) } };
    case "rule":
      return { kind: "lasts", change: { state: "blocked", reason: "rule", detail: words(error) } };
    case "not-found":
      return { kind: "lasts", change: { state: "skipped", reason: "gone", detail: words(error) } };
    case "unsupported":
      return { kind: "lasts", change: { state: "blocked", reason: "unsupported", detail: words(error) } };
  }
}

/** One repository's error never stops the others, a bug included. */
export function meaningOf(error: unknown): Meaning {
  if (error instanceof GitError) return ofGit(error);
  if (error instanceof ForgeError) return ofForge(error);
  if (
    error instanceof CiFixError &&
    (error.code === "CI_FIX_CONFIG_INVALID" || error.code === "CI_FIX_REGISTER_INVALID")
  )
    return { kind: "lasts", change: { state: "blocked", reason: "settings", detail: words(error) } };
  if (error instanceof CiFixError)
    return { kind: "lasts", change: { state: "blocked", reason: "conflict", detail: words(error) } };
  const detail = error instanceof Error ? words(error) : String(error);
  return { kind: "lasts", change: { state: "failed", reason: "bug", detail } };
}

/** A state that was reached on purpose in the middle of a step. */
export class Stopped extends Error {
  readonly change: Change;

  constructor(change: Change) {
    super(change.detail ?? "");
    this.change = change;
  }
}
