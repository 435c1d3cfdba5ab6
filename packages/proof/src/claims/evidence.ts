import { findCase, type Allowed } from "../engine/cases.ts";
import type { Term, Variable } from "../engine/diagram.ts";
import type { Evidence } from "../types.ts";
import { OTHER } from "../variables/vocabulary.ts";
import { turnedRed } from "./claims.ts";
import type { Sides } from "./sides.ts";

const GUARDS = new Set(["github.repository", "github.repository_owner"]);

/**
 * Where the bite of a fix can be seen. A fork guard compares the repository or its owner with a name; a fork is any
 * repository that none of these names means.
 */
export function evidenceOf(sides: Sides, repository: string | undefined): Evidence {
  const { logic } = sides.world;
  const seen = sides.observables.filter(({ kind }) => kind !== "needs");
  const goal = logic.any(seen.map((each) => turnedRed(sides, each)));
  const bites = (allowed?: Allowed): ReturnType<typeof findCase> => findCase(logic.diagrams, goal, allowed);
  const anywhere = bites();
  const onFork = bites((variable, term) => !GUARDS.has(variable.key) || term === OTHER);
  const guards = onFork === undefined ? (anywhere ?? []).filter(({ variable }) => GUARDS.has(variable.key)) : [];
  const upstream = Object.fromEntries(guards.map(({ variable, term }) => [variable.key, String(term)]));
  const observable = anywhere === undefined ? "nowhere" : onFork === undefined ? "upstream-only" : "anywhere";
  if (repository === undefined) return { observable, upstream };
  const here = bites((variable, term) => !GUARDS.has(variable.key) || term === guardValue(variable, repository));
  return { observable, upstream, here: { repository, bites: here !== undefined } };
}

/** What a guard's context says in a repository, as far as any condition can tell. */
function guardValue({ key, domain }: Variable, repository: string): Term {
  const value = key === "github.repository" ? repository : (repository.split("/")[0] ?? "");
  const named = domain.find((term) => typeof term === "string" && term.toLowerCase() === value.toLowerCase());
  return named ?? OTHER;
}
