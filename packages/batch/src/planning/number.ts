import { SEVERITIES } from "@ci-fix/report/text";
import { NOW } from "../database/schema.ts";
import type { Queries } from "../database/types.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { FleetRisk, StoredJudgedRisk } from "../types.ts";

interface Found {
  readonly key: string;
  readonly body: StoredJudgedRisk;
  readonly repositories: number;
}

/** What the scanned repositories have at fault, each key once with the number of repositories. */
const FOUND = `
select risk.value->>'key' as key, count(distinct r.id)::int as repositories,
  (array_agg(risk.value - 'alone' order by r.id))[1] as body
from ci_fix.repository r
cross join lateral jsonb_array_elements(r.judged) as ref(value)
join ci_fix.judgement j on j.key = ref.value->>'key' and j.variant = ref.value->>'variant'
cross join lateral jsonb_array_elements(j.body->'risks') as risk(value)
where r.campaign = $1 and r.state = 'scanned'
group by risk.value->>'key'`;

function numberIn(id: string, milestone: string): number {
  const prefix = `${milestone}-R`;
  return id.startsWith(prefix) ? Number(id.slice(prefix.length)) || 0 : 0;
}

/** Most urgent first, then what most repositories have; the rest keeps the order the same everywhere. */
function compare(a: Found, b: Found): number {
  const rank = (found: Found): number => SEVERITIES.indexOf(found.body.severity);
  const place = (found: Found): string => `${found.body.files[0] ?? ""} ${found.key}`;
  return rank(a) - rank(b) || b.repositories - a.repositories || (place(a) < place(b) ? -1 : 1);
}

/**
 * Gives every risk of the fleet an id, once all repositories are scanned: the same places at fault have the same id in every repository. An
 * id that was given stays. Numbers that a repository's own register uses for the milestone are left out.
 */
export function numberRisks({ database, campaign, settings }: Ledger): Promise<void> {
  return database.transaction(async (queries) => {
    await queries.query("select pg_advisory_xact_lock(hashtext($1))", [`ci-fix number ${campaign}`]);
    const found = await queries.query<Found>(FOUND, [campaign]);
    const known = await readRisks(queries, campaign);
    const taken = [...known.values(), ...found.flatMap(({ body }) => body.id ?? [])];
    let last = Math.max(0, ...taken.map((id) => numberIn(id, settings.milestone)));
    for (const { key, body } of found.filter((each) => !known.has(each.key)).sort(compare)) {
      if (body.standing !== "fix") continue;
      const id = body.id ?? `${settings.milestone}-R${String((last += 1)).padStart(2, "0")}`;
      const { title, severity, codemod, classes, files } = body;
      const risk: FleetRisk = { key, id, title, severity, codemod, classes, files };
      await queries.query(
        "insert into ci_fix.risk (campaign, key, id, body) values ($1, $2, $3, $4::jsonb) on conflict do nothing",
        [campaign, key, id, JSON.stringify(risk)],
      );
    }
    await queries.query(
      `insert into ci_fix.event (campaign, repository, name, at, state, detail) values ($1, '', '', ${NOW}, 'numbered', '{}')`,
      [campaign],
    );
  });
}

/** The id of each key. */
export async function readRisks(queries: Queries, campaign: string): Promise<Map<string, string>> {
  const rows = await queries.query<{ key: string; id: string }>("select key, id from ci_fix.risk where campaign = $1", [
    campaign,
  ]);
  return new Map(rows.map(({ key, id }) => [key, id]));
}
