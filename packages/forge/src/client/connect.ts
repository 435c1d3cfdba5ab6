import type { ForgeOptions } from "../find.ts";
import { Client } from "./client.ts";
import { wallClock } from "./clock.ts";
import { nameOfPace, ownMemory } from "./pace-memory.ts";
import { type Allowance, Pace } from "./pace.ts";

/** What is special to the entrance of one kind of forge. */
export interface Entrance {
  /** Root of its API, without a slash at the end. */
  readonly root: string;
  /** The word before the token. */
  readonly scheme: "Bearer" | "token";
  readonly headers?: Readonly<Record<string, string>>;
  /** How fast content may be created. Default: as fast as it likes. */
  readonly allowances?: readonly Allowance[];
}

/** Enters a host with its credential, at the pace of all who use the same one. */
export function connect(host: string, options: ForgeOptions, entrance: Entrance): Client {
  const { root, scheme, headers = {}, allowances = [] } = entrance;
  const { clock = wallClock, fetch, paceMemory } = options;
  const secret = options.token(host);
  const memory = paceMemory?.(nameOfPace(host, secret)) ?? ownMemory(clock);
  return new Client({
    root,
    headers: { ...headers, ...(secret === undefined ? {} : { authorization: `${scheme} ${secret}` }) },
    secret,
    pace: new Pace(allowances, clock, memory),
    clock,
    ...(fetch && { fetch }),
  });
}
