import type { Diagram } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { readPaths } from "../variables/tree.ts";
import { writtenIn } from "../variables/vocabulary.ts";
import { isMapping } from "./data.ts";
import { concretePaths, type Seen, type Sight } from "./sight.ts";

/**
 * What the model knows of all that texts are made of: the results that they read, and what has not run that they read. Leaves
 * are text, empty for nothing. As long as it is the same, so is what the texts come to.
 */
export function givenIn(logic: Logic, texts: readonly string[], sight: Sight): Diagram {
  const reads = texts
    .flatMap(writtenIn)
    .flatMap(({ tree }) => readPaths(tree))
    .flatMap((path) => concretePaths(path, sight));
  const paths = new Map(reads.map((path) => [path.join("."), path]));
  return listed(
    logic,
    [...paths.values()].map((path) => givenBy(logic, path, sight.look(path))),
  );
}

function givenBy({ diagrams }: Logic, path: readonly string[], seen: Seen): Diagram {
  const without = `without ${path.slice(0, 2).join(".")}`;
  if (seen.kind === "free")
    return diagrams.combine([seen.scope, seen.given ?? diagrams.leaf("")], ([scope = null, given = ""]) =>
      diagrams.leaf(scope === null ? without : given),
    );
  // Legs are the same on both sides.
  if (path[0] === "matrix") return diagrams.leaf("");
  const isOutput = path[2] === "outputs";
  return diagrams.map(
    (term) => (isOutput && !term ? without : `${path.join(".")}=${String(term ?? "")}`),
    seen.diagram,
  );
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

/** Every text in plain data. */
export function textsIn(data: unknown): readonly string[] {
  if (typeof data === "string") return [data];
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [key, ...textsIn(value)]);
}

/** The texts that say what stands under a name, in lower case; all of them for `*`, and where the file does not tell. */
export function textsOf(data: unknown, name: string): readonly string[] {
  if (!isMapping(data) || name === "*") return textsIn(data);
  const entries = Object.entries(data).filter(([key]) => key.toLowerCase() === name || key.includes("${{"));
  return textsIn(Object.fromEntries(entries));
}

/** What is given under names, see `givenIn`: worked out for those that are asked for. */
export type Given = (name: string) => Diagram;
