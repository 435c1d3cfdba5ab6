import type { Codemod } from "./types.ts";

/** Checks nothing at run time; it gives a codemod's file its types. */
export function defineCodemod(codemod: Codemod): Codemod {
  return codemod;
}
