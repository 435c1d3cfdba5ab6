import { NOW } from "../database/schema.ts";
import type { Ledger } from "./ledger.ts";

/** Milliseconds after which a round that was stopped is begun anew: too much may have happened in between. */
const LONGEST_STOP = 3_600_000;

/**
 * Begins a round of asking all repositories, and returns its number; that of the round before if it was stopped a short while ago: who was
 * asked in it is not asked again.
 */
export async function beginRound({ database, campaign }: Ledger): Promise<number> {
  const [row] = await database.query<{ round: number }>(
    `update ci_fix.campaign set
       round = case when round_since > ${NOW} - ${LONGEST_STOP} then round else round + 1 end,
       round_since = case when round_since > ${NOW} - ${LONGEST_STOP} then round_since else ${NOW} end
     where name = $1 returning round`,
    [campaign],
  );
  if (row === undefined) throw new Error(`the ledger lost the campaign ${campaign}`);
  return row.round;
}

export async function endRound({ database, campaign }: Ledger): Promise<void> {
  await database.query("update ci_fix.campaign set round_since = null where name = $1", [campaign]);
}
