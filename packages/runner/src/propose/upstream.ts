import { GitError, type Repository } from "@ci-fix/git";
import type { PolicyFacts } from "@ci-fix/register";
import { eachStep, repositoryGuard, type Workflow } from "@ci-fix/workflow";

/**
 * The repository that forks stem from, and where that was seen: in the guards of jobs and steps, else in the remote that is
 * called so, else in the one that it was cloned from.
 */
export async function findUpstream(
  repository: Repository | undefined,
  workflows: readonly Workflow[],
): Promise<PolicyFacts["upstream"]> {
  const [upstream, origin] = [await nameOf(repository, "upstream"), await nameOf(repository, "origin")];
  const wanted = guardsIn(workflows);
  const guarded = mostFrequent(wanted.filter((name) => name.includes("/")));
  if (guarded !== undefined) return { name: guarded, seen: "the conditions of jobs and steps" };
  if (upstream !== undefined) return { name: upstream, seen: "the git remote upstream" };
  if (origin === undefined) return undefined;
  const owner = mostFrequent(wanted);
  if (owner === undefined) return { name: origin, seen: "the git remote origin" };
  const name = `${owner}/${origin.split("/").at(-1) ?? ""}`;
  return { name, seen: "the conditions of jobs and steps, and the git remote origin" };
}

function guardsIn(workflows: readonly Workflow[]): readonly string[] {
  const units = workflows.flatMap((workflow) => [...workflow.jobs, ...eachStep(workflow)]);
  return units.flatMap(({ condition }) => repositoryGuard(condition)?.wants ?? []);
}

async function nameOf(repository: Repository | undefined, remote: string): Promise<string | undefined> {
  const address = await repository?.remoteAddress(remote).catch((error: unknown) => {
    if (error instanceof GitError && error.code === "CI_FIX_ADDRESS_REFUSED") return undefined;
    throw error;
  });
  return address?.name;
}

function mostFrequent(names: readonly string[]): string | undefined {
  const count = (name: string): number => names.filter((each) => each === name).length;
  return [...new Set(names)].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1))[0];
}
