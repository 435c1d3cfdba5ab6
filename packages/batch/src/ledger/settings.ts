import { CiFixError } from "@ci-fix/codemod";
import { NOW } from "../database/schema.ts";
import type { Database } from "../database/types.ts";
import type { Queue } from "../queue.ts";
import type { Settings } from "../types.ts";
import { type Ledger, openCampaign } from "./ledger.ts";

/** Opens a campaign, or starts it with these settings. One that was started keeps the settings it was started with. */
export async function startCampaign(
  database: Database,
  queue: Queue,
  name: string,
  settings: Settings,
): Promise<Ledger> {
  await database.query(
    `insert into ci_fix.campaign (name, settings, created) values ($1, $2::jsonb, ${NOW}) on conflict do nothing`,
    [name, JSON.stringify(settings)],
  );
  return findCampaign(database, queue, name);
}

/** Rejects with `CI_FIX_NO_CAMPAIGN` where there is none of that name. */
export async function findCampaign(database: Database, queue: Queue, name: string): Promise<Ledger> {
  const rows = await database.query<{ settings: Settings }>("select settings from ci_fix.campaign where name = $1", [
    name,
  ]);
  const [row] = rows;
  if (row !== undefined) return openCampaign(database, queue, name, row.settings);
  const known = await database.query<{ name: string }>("select name from ci_fix.campaign order by name");
  const names = known.map((each) => each.name).join(", ");
  throw new CiFixError("CI_FIX_NO_CAMPAIGN", `there is no campaign ${JSON.stringify(name)}`, {
    exitCode: 2,
    hint: names === "" ? "start one: ci-fix batch plan --repos FILE" : `there is: ${names}`,
  });
}
