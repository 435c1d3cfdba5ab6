import { contextPath, type Expression, type StatusFunction } from "@ci-fix/expression";
import type { Diagram } from "../engine/diagram.ts";

/**
 * What a condition finds behind a context path.
 * `known` – the model says what it is in each case.
 * `free` – nobody can say before a run. Same scope and path, same value; where the scope is null there is none. `given` is
 * the part of the scope that says what the value is made of, see `givenIn`.
 */
export type Seen =
  | { readonly kind: "known"; readonly diagram: Diagram }
  | { readonly kind: "free"; readonly scope: Diagram; readonly given?: Diagram };

/** All that a condition can see from where it stands. */
export interface Sight {
  /** Where it stands, for what may be different elsewhere. */
  readonly place: string;
  status(name: StatusFunction): Diagram;
  /** `path` is in lower case and holds no wildcard. */
  look(path: readonly string[]): Seen;
  /** The ids that `needs` or `steps` holds, in lower case. */
  members(context: "needs" | "steps"): readonly string[];
}

/** True for all that is known of a job or step, or for something of it that only the run tells. */
export function isWhole([context, _id, property = "*"]: readonly string[]): boolean {
  return property === "*" && (context === "needs" || context === "steps");
}

/** `needs.*.result` as one path for each job that is needed, and likewise for `steps`. What is whole counts as its results. */
export function concretePaths(path: readonly string[], sight: Sight): readonly (readonly string[])[] {
  const [context, id = "*", ...names] = path;
  if (context !== "needs" && context !== "steps") return [path];
  const members = id === "*" ? sight.members(context) : [id];
  const results = context === "needs" ? [["result"]] : [["outcome"], ["conclusion"]];
  return members.flatMap((member) => (isWhole(path) ? results : [names]).map((rest) => [context, member, ...rest]));
}

/** The one place that an expression reads, in lower case; undefined for anything else. */
export function pathOf(node: Expression): readonly string[] | undefined {
  const path = contextPath(node)?.map((name) => name.toLowerCase());
  return path === undefined || path.length === 1 || isWhole(path) || path.includes("*") ? undefined : path;
}
