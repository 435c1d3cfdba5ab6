import type { StatusFunction } from "@ci-fix/expression";
import type { Diagram } from "../engine/diagram.ts";

/**
 * What a condition finds behind a context path.
 * `known` – the model says what it is in each case.
 * `free` – nobody can say before a run. Same scope and path, same value; where the scope is null there is none.
 */
export type Seen =
  | { readonly kind: "known"; readonly diagram: Diagram }
  | { readonly kind: "free"; readonly scope: Diagram };

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
