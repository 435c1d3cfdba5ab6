import { readContents } from "../ledger/contents.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { FleetRisk } from "../types.ts";

/** The same change, wherever it is made. */
export interface ChangeGroup {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Names of some of the repositories, and how many there are. */
  readonly repositories: readonly string[];
  readonly count: number;
}

/** One risk of the fleet with the different changes that fix it, the most common first. */
export interface RiskPreview {
  readonly risk: FleetRisk;
  readonly effects: readonly string[];
  readonly groups: readonly ChangeGroup[];
  /** Repositories in which it is fixed. */
  readonly count: number;
}

/** Names kept of each group: enough to be told, however large the fleet is. */
const NAMES = 20;

interface Gathered {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly names: string[];
  count: number;
}

/** What the campaign changes, grouped by identical change. Reads the ledger only. */
export async function previewCampaign(ledger: Ledger, only: readonly string[] = []): Promise<RiskPreview[]> {
  const groups = new Map<string, Map<string, Gathered>>();
  const effects = new Map<string, readonly string[]>();
  const counts = new Map<string, number>();
  for await (const entry of ledger.entries(["planned", "committed", "pushed", "pr-open"])) {
    for (const risk of entry.planBody?.risks ?? []) {
      if (entry.takenBack.includes(risk.id) || (only.length > 0 && !only.includes(risk.id))) continue;
      effects.set(risk.id, risk.effects);
      counts.set(risk.id, (counts.get(risk.id) ?? 0) + 1);
      const ofRisk = groups.get(risk.id) ?? new Map<string, Gathered>();
      groups.set(risk.id, ofRisk);
      for (const { path, before, after } of risk.alone) {
        const key = `${before} ${after} ${path}`;
        const group = ofRisk.get(key) ?? { path, before, after, names: [], count: 0 };
        ofRisk.set(key, group);
        group.count += 1;
        if (group.names.length < NAMES) group.names.push(entry.name);
      }
    }
  }
  const risks = await readFleetRisks(ledger);
  const previews: RiskPreview[] = [];
  for (const risk of risks) {
    const gathered = [...(groups.get(risk.id)?.values() ?? [])].sort((a, b) => b.count - a.count);
    if (gathered.length === 0) continue;
    const contents = await readContents(
      ledger.database,
      gathered.flatMap(({ before, after }) => [before, after]),
    );
    const bytes = (digest: string): Uint8Array => contents.get(digest) ?? Buffer.alloc(0);
    previews.push({
      risk,
      effects: effects.get(risk.id) ?? [],
      count: counts.get(risk.id) ?? 0,
      groups: gathered.map(({ path, before, after, names, count }) => ({
        path,
        before: bytes(before),
        after: bytes(after),
        repositories: names,
        count,
      })),
    });
  }
  return previews;
}

/** The risks of the fleet by id. One id of several registers is told once. */
export async function readFleetRisks({ database, campaign }: Ledger): Promise<FleetRisk[]> {
  const rows = await database.query<{ body: FleetRisk }>(
    "select body from ci_fix.risk where campaign = $1 order by length(id), id, key",
    [campaign],
  );
  return rows.map(({ body }) => body).filter((risk, index, all) => all.findIndex(({ id }) => id === risk.id) === index);
}
