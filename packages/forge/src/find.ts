import type { Clock } from "./client/clock.ts";
import type { FindPaceMemory } from "./client/pace-memory.ts";
import { gitea } from "./gitea/gitea.ts";
import { github } from "./github/github.ts";
import { gitlab } from "./gitlab/gitlab.ts";
import type { FindForge, Forge } from "./types.ts";

/** What a forge is entered with. */
export interface ForgeOptions {
  readonly token: (host: string) => string | undefined;
  /** Variables that name further hosts and their kinds. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's, if none is given. */
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
  /** Where paces are kept that several processes share. Default: each process goes at its own. */
  readonly paceMemory?: FindPaceMemory;
}

/** Makes the forge of a host, if it is one of its kind. */
export type ForgeKind = (host: string, options: ForgeOptions) => Forge | undefined;

/** Every kind of forge there is. The first that takes a host has it. */
const kinds: readonly ForgeKind[] = [github, gitlab, gitea];

/** Gives forges by host, each made once. A host of no known kind has none: it can be pushed to, no more. */
export function findForges(options: ForgeOptions): FindForge {
  const known = new Map<string, Forge | undefined>();
  return (host) => {
    if (!known.has(host)) {
      const made = kinds.map((kind) => kind(host, options)).find((forge) => forge !== undefined);
      known.set(host, made);
    }
    return known.get(host);
  };
}
