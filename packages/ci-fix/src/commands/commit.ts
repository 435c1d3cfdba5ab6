import type { CommitOptions, Repository } from "@ci-fix/git";
import { count, visible } from "@ci-fix/report/text";
import { commitPlans, type MadeCommit, type RiskPlan, type Survey } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";
import type { FixRequest } from "./fix.ts";

/** What of a command line concerns the making of commits. */
interface CommitFlags {
  readonly runHooks?: boolean;
  readonly sign?: boolean;
}

/** One commit for each risk, told with its id and subject. */
export async function commitFixes(
  invocation: Invocation,
  found: Survey,
  plans: readonly RiskPlan[],
  request: FixRequest,
): Promise<void> {
  const repository = requireRepository(found.repository);
  const made = await commitPlans(
    repository,
    plans,
    found.policy,
    commitOptions(request.options, request.commitDate),
    found,
  );
  printCommits(invocation, made);
  const [first] = made.flatMap((commit) => commit.ids);
  if (first !== undefined) invocation.terminal.note(`take one back: ci-fix rollback ${first} --commit`);
}

export function commitOptions({ runHooks, sign }: CommitFlags, date: string | undefined): CommitOptions {
  // Without a word on signing, the user's own settings decide.
  return { ...(date === undefined ? {} : { date }), ...(sign === true ? { sign } : {}), runHooks: runHooks === true };
}

export function printCommits({ terminal }: Invocation, commits: readonly MadeCommit[]): void {
  for (const { oid, subject, files } of commits) {
    terminal.print(`${terminal.style.paint("warning", oid.slice(0, 10))} ${visible(subject)}\n`);
    if (files.length > 1) terminal.note(`           ${count(files.length, "file")}`);
  }
}

function requireRepository(repository: Repository | undefined): Repository {
  if (repository === undefined)
    throw new UsageError("this is not a git repository", "run ci-fix in a repository, or give its folder with -C");
  return repository;
}
