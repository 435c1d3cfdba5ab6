import type { Job } from "@ci-fix/workflow";
import type { Diagram, Term } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { readPaths } from "../variables/tree.ts";
import { writtenIn } from "../variables/vocabulary.ts";
import { dataOf, jobData, mapping } from "./data.ts";
import { concretePaths, type Seen, type Sight } from "./sight.ts";

/**
 * What the model knows of all that texts are made of: the results that they read, and what has not run that they read. Leaves
 * are text, empty for nothing. As long as it is the same, so is what the texts come to.
 */
export function givenIn(logic: Logic, texts: readonly string[], sight: Sight): Diagram {
  const paths = texts
    .flatMap(writtenIn)
    .flatMap(({ tree }) => readPaths(tree))
    .flatMap((path) => concretePaths(path, sight));
  return listed(
    logic,
    paths.map((path) => givenBy(logic, path, sight.look(path))),
  );
}

function givenBy({ diagrams }: Logic, path: readonly string[], seen: Seen): Diagram {
  const without = `without ${path.slice(0, 2).join(".")}`;
  if (seen.kind === "known")
    return diagrams.map((term) => (isEmpty(term) ? without : `${path.join(".")}=${String(term)}`), seen.diagram);
  const given = seen.given ?? diagrams.leaf("");
  return diagrams.join((scope, told) => (scope === null ? without : told), seen.scope, given);
}

/** True for what is written as nothing. */
export function isEmpty(term: Term): boolean {
  return term === null || term === "";
}

/** All of these texts as one. */
export function listed({ diagrams }: Logic, parts: readonly Diagram[]): Diagram {
  return diagrams.combine(parts, (terms) =>
    diagrams.leaf([...new Set(terms)].filter((term) => term !== "").join(", ")),
  );
}

/** A value that nobody knows, in these surroundings and made of this. */
export function freeBy({ diagrams }: Logic, place: string, given: Diagram): Seen {
  return {
    kind: "free",
    scope: diagrams.map((term) => (term === "" ? place : `${place}[${String(term)}] `), given),
    given,
  };
}

/** The texts that say what stands under a name, in lower case; all of them for `*`, and where the file does not tell. */
export function textsOf(data: unknown, name: string): readonly string[] {
  if (typeof data === "string") return [data];
  return Object.entries(mapping(data)).flatMap(([key, value]) =>
    name === "*" || key.toLowerCase() === name || key.includes("${{") ? [key, String(value)] : [],
  );
}

/** The texts that say what a variable of a job's environment is, those of its file among them. */
export function environmentOf(job: Job, name: string): readonly string[] {
  return [dataOf(job.workflow), jobData(job)].flatMap(({ env }) => textsOf(env, name));
}

/** What is given under names, see `givenIn`: worked out for those that are asked for. */
export type Given = (name: string) => Diagram;
