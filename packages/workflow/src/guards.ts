import { comparedTexts, contextPaths, type Expression } from "@ci-fix/expression";
import type { Condition } from "./types.ts";

/** Contexts that tell a fork from the repository it was made of. */
const TELLING: readonly (readonly string[])[] = [
  ["github", "repository"],
  ["github", "repository_owner"],
  ["github", "repository_id"],
  ["github", "repository_owner_id"],
  ["github", "event", "repository", "fork"],
  ["github", "event", "repository", "full_name"],
];

/** What a condition asks of the repository that a run belongs to. */
export interface RepositoryGuard {
  /** Names that `github.repository` or its owner must equal: `o/r` or `o`; empty where it asks in another way. */
  readonly wants: readonly string[];
}

/** The guard of a condition that looks at the repository or its owner; undefined for any other condition. */
export function repositoryGuard({ parsed }: Condition): RepositoryGuard | undefined {
  const { tree } = parsed;
  if (tree === undefined || !contextPaths(tree).some(isTelling)) return undefined;
  return { wants: [...new Set([...equal(tree, "repository"), ...equal(tree, "repository_owner")])] };
}

function isTelling(path: readonly string[]): boolean {
  return TELLING.some((telling) => telling.every((name, at) => path[at]?.toLowerCase() === name));
}

function equal(tree: Expression, name: string): readonly string[] {
  return comparedTexts(tree, ["github", name]);
}
