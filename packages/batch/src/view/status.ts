import type { Queries } from "../database/types.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { State } from "../types.ts";

/** A repository and where it stands, for a list. */
export interface Standing {
  readonly name: string;
  readonly state: State;
  readonly reason: string;
  readonly detail: string;
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number | null;
  readonly tip: string | null;
  readonly pullUrl: string | null;
  /** Files that could not be looked at. */
  readonly errors: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

export interface Summary {
  readonly counts: ReadonlyMap<State, number>;
  readonly total: number;
  /** Tickets that are still in the queue. */
  readonly open: number;
  /** Files that were judged, contents among them that differ, and how many of those a fix was planned for. */
  readonly files: number;
  readonly contents: number;
  /** Files that could not be looked at. */
  readonly unread: number;
}

export async function summarise(ledger: Ledger): Promise<Summary> {
  const counts = await ledger.counts();
  const [judged] = await ledger.database.query<{ files: number; contents: number }>(
    `select count(*)::int as files, count(distinct ref.value)::int as contents from ci_fix.repository r
     cross join lateral jsonb_array_elements(r.judged) as ref(value) where r.campaign = $1`,
    [ledger.campaign],
  );
  const [errors] = await ledger.database.query<{ unread: number }>(
    "select coalesce(sum(jsonb_array_length(errors)), 0)::int as unread from ci_fix.repository where campaign = $1",
    [ledger.campaign],
  );
  return {
    counts,
    unread: errors?.unread ?? 0,
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
    open: await ledger.open(),
    files: judged?.files ?? 0,
    contents: judged?.contents ?? 0,
  };
}

/** Repositories of some states, or all, in the order of their names. */
export async function* standings(ledger: Ledger, states: readonly State[] | undefined): AsyncGenerator<Standing> {
  for await (const entry of ledger.entries(states)) {
    const { name, state, reason, detail, tries, nextAt, tip, pullUrl, errors } = entry;
    yield { name, state, reason, detail, tries, nextAt, tip, pullUrl, errors };
  }
}

/** One line of the JSON lines ledger. */
export interface LedgerEvent {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Empty where the whole campaign is meant. */
  readonly repository: string;
  readonly state: string;
  readonly [detail: string]: unknown;
}

const PAGE = 1000;

/** Every change of state, in the order in which it was written. */
export async function* events({ database, campaign }: Ledger): AsyncGenerator<LedgerEvent> {
  let after = 0;
  for (;;) {
    const rows = await page(database, campaign, after);
    for (const { seq, at, name, state, detail } of rows) {
      after = Number(seq);
      yield { seq: after, at: new Date(at).toISOString(), repository: name, state, ...detail };
    }
    if (rows.length < PAGE) return;
  }
}

function page(
  queries: Queries,
  campaign: string,
  after: number,
): Promise<{ seq: number | string; at: number; name: string; state: string; detail: Record<string, unknown> }[]> {
  return queries.query(
    `select seq, at, name, state, detail from ci_fix.event where campaign = $1 and seq > $2 order by seq limit ${PAGE}`,
    [campaign, after],
  );
}
