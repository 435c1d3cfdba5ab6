import type { Repository } from "@ci-fix/git";

const TRAILER = /^\s*Ci-Fix-(Risk|Rollback): (.*\S)\s*$/gm;

/** Risks whose fix stands in the history of HEAD: landed, and not taken back since. */
export async function landedIds(repository: Repository | undefined): Promise<ReadonlySet<string>> {
  if (repository === undefined || (await repository.head()).oid === undefined) return new Set();
  const newest = new Map<string, boolean>();
  for (const { message } of await repository.log({ containing: "Ci-Fix-R" })) {
    const told = new Map<string, boolean>();
    // A squash may hold both words on a risk; what landed in it is in it.
    for (const [, word, ids = ""] of message.matchAll(TRAILER)) {
      for (const id of ids.split(",")) told.set(id, word === "Risk" || told.get(id) === true);
    }
    for (const [id, landed] of told) if (!newest.has(id)) newest.set(id, landed);
  }
  return new Set([...newest].flatMap(([id, landed]) => (landed ? [id] : [])));
}
