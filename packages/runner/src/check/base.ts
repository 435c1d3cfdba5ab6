import { CiFixError } from "@ci-fix/codemod";
import type { ObjectId, Repository } from "@ci-fix/git";
import type { Base, CheckOptions } from "./types.ts";

/** Names under which the default branch is usually found. */
const BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** The commit to compare with. Rejects with `CI_FIX_NO_BASE` where there is none. */
export async function findBase(
  repository: Repository,
  head: ObjectId,
  { base, branches = [] }: Pick<CheckOptions, "base" | "branches">,
): Promise<Base> {
  const named = base === undefined ? await partedFrom(repository, head, [...branches, ...BRANCHES]) : undefined;
  const oid = base === undefined ? named?.oid : await repository.resolve(base);
  const isShallow = await repository.isShallow();
  // A clone of one commit has nothing to compare that commit with, and would call whatever it holds old.
  const isCutOff = isShallow && base === undefined && oid === head;
  if (oid !== undefined && !isCutOff) return { oid, name: base ?? named?.name ?? oid };
  const problem =
    base === undefined ? "the commit to compare with cannot be found" : `there is no commit "${base}" here`;
  if (isShallow) {
    throw new CiFixError(
      "CI_FIX_NO_BASE",
      `${problem}: this clone is shallow, and its history does not reach that far`,
      {
        exitCode: 4,
        hint: "fetch the rest with `git fetch --unshallow`; on GitHub, give actions/checkout `fetch-depth: 0`",
      },
    );
  }
  throw new CiFixError("CI_FIX_NO_BASE", problem, {
    exitCode: 4,
    hint:
      base === undefined
        ? `name it with --base; it is looked for where HEAD parted from ${BRANCHES.join(", ")}`
        : "fetch it first, or name another one",
  });
}

async function partedFrom(repository: Repository, head: ObjectId, names: readonly string[]): Promise<Base | undefined> {
  for (const name of names) {
    const tip = await repository.resolve(name);
    const oid = tip === undefined ? undefined : await repository.mergeBase(head, tip);
    if (oid !== undefined) return { oid, name };
  }
  return undefined;
}
