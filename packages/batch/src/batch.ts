import { createHash } from "node:crypto";
import { NOW } from "./database/schema.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { beginRound, endRound } from "./ledger/round.ts";
import { composePlans } from "./planning/compose.ts";
import { numberRisks } from "./planning/number.ts";
import { STATES } from "./states.ts";
import { hasBranch } from "./steps/close.ts";
import { landedIn } from "./steps/landed.ts";
import type { Entry, Reach, Source, State, Step } from "./types.ts";
import type { Worker } from "./worker.ts";

/** The commands of a campaign. Each may be killed and run again: it goes on where it was. */
export interface Batch {
  /** Takes up these repositories, scans them, and plans what is found; without any, all that are known. */
  plan(sources: readonly Source[]): Promise<void>;
  /** Lands what is planned, as far as `reach`, and closes what was opened for nothing. Returns how many repositories it took up. */
  apply(reach: Reach): Promise<number>;
  /** Tries again what failed; `blocked` also what was blocked. */
  retry(options: { readonly blocked: boolean }): Promise<number>;
  /** Takes risks back everywhere they landed. */
  takeBack(ids: readonly string[], reach: Reach): Promise<number>;
  /** Closes all that the campaign opened. */
  close(why: string): Promise<number>;
  /** What `close` would close. */
  opened(): Promise<readonly Member[]>;
  /** Asks the forges what became of the pull requests. */
  refresh(): Promise<number>;
}

/** The little of an entry that a list of the whole fleet can hold, however large the fleet is. */
export type Member = Pick<Entry, "id" | "name" | "pullUrl" | "step">;

function memberOf({ id, name, pullUrl, step }: Entry): Member {
  return { id, name, pullUrl, step };
}

/** The same place has the same id in every campaign. */
export function idOf(source: Pick<Source, "kind" | "source">): string {
  return createHash("sha256").update(`${source.kind} ${source.source}`).digest("hex").slice(0, 16);
}

const PAGE = 200;

async function addSources(ledger: Ledger, sources: readonly Source[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < sources.length; at += PAGE) {
    await ledger.database.transaction(async (queries) => {
      for (const source of sources.slice(at, at + PAGE)) {
        const id = idOf(source);
        const { skip } = source;
        const added = await queries.query(
          `insert into ci_fix.repository (campaign, id, source, kind, name, host, organisation, state, reason, detail, updated)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${NOW}) on conflict do nothing returning id`,
          [
            ledger.campaign,
            id,
            source.source,
            source.kind,
            source.name,
            source.host,
            source.organisation,
            skip === undefined ? "discovered" : "skipped",
            skip?.reason ?? "",
            skip?.detail ?? "",
          ],
        );
        if (added.length > 0) {
          await queries.query(
            `insert into ci_fix.event (campaign, repository, name, at, state, detail) values ($1, $2, $3, ${NOW}, $4, $5::jsonb)`,
            [
              ledger.campaign,
              id,
              source.name,
              skip === undefined ? "discovered" : "skipped",
              JSON.stringify(skip ?? {}),
            ],
          );
        }
        if (skip === undefined) ids.push(id);
      }
    });
  }
  return ids;
}

async function collect(
  ledger: Ledger,
  states: readonly State[],
  wanted: (entry: Entry) => boolean = () => true,
): Promise<Member[]> {
  const found: Member[] = [];
  for await (const entry of ledger.entries(states)) if (wanted(entry)) found.push(memberOf(entry));
  return found;
}

function isOpened(entry: Entry): boolean {
  return hasBranch(entry) || entry.pull !== null;
}

const ids = (entries: readonly Member[]): string[] => entries.map(({ id }) => id);

/** All but what is done with. */
const CLOSABLE: readonly State[] = STATES.filter((state) => state !== "merged" && state !== "closed");

const STEPS_TO: Readonly<Record<Reach, readonly State[]>> = {
  committed: ["planned"],
  pushed: ["planned", "committed"],
  "pr-open": ["planned", "committed", "pushed"],
};

/** What failed is asked for the same step again; what was blocked keeps none, and is looked at anew. */
async function requestAgain(ledger: Ledger, entries: readonly Member[]): Promise<void> {
  const asked = new Map<string, Member[]>();
  for (const entry of entries) {
    const step = JSON.stringify(entry.step ?? { kind: "scan" });
    asked.set(step, [...(asked.get(step) ?? []), entry]);
  }
  for (const [step, group] of asked) await ledger.request(ids(group), JSON.parse(step) as Step);
}

export function openBatch(ledger: Ledger, worker: Worker): Batch {
  const drain = (): Promise<void> => worker.run(async () => (await ledger.open()) === 0);
  const ask = async (entries: readonly Member[], step: Step): Promise<number> => {
    await ledger.request(ids(entries), step);
    await drain();
    return entries.length;
  };
  const opened = (): Promise<Member[]> => collect(ledger, CLOSABLE, isOpened);
  const finishPlan = async (): Promise<void> => {
    await numberRisks(ledger);
    await composePlans(ledger);
  };
  return {
    async plan(sources) {
      await drain();
      const asked =
        sources.length > 0
          ? await addSources(ledger, sources)
          : ids(await collect(ledger, STATES, ({ state, reason }) => state !== "skipped" || reason !== "archived"));
      await ledger.request(asked, { kind: "scan" }, await beginRound(ledger));
      await drain();
      await finishPlan();
      await endRound(ledger);
    },
    async apply(reach) {
      await endRound(ledger);
      await drain();
      const leftovers = await collect(ledger, ["clean"], isOpened);
      await ledger.request(ids(leftovers), { kind: "close", why: "Nothing is left to fix here." });
      return ask(await collect(ledger, STEPS_TO[reach]), { kind: "land", reach });
    },
    async retry({ blocked }) {
      const failed = await collect(ledger, blocked ? ["failed", "blocked"] : ["failed"]);
      await requestAgain(ledger, failed);
      await drain();
      await finishPlan();
      return failed.length;
    },
    async takeBack(risks, reach) {
      await drain();
      return ask(await landedWith(ledger, risks), { kind: "take-back", ids: risks, reach });
    },
    opened,
    close: async (why) => ask(await opened(), { kind: "close", why }),
    refresh: async () => ask(await collect(ledger, ["pr-open"]), { kind: "look" }),
  };
}

/** Repositories in which one of these risks landed and was not taken back. Rejects nothing: an id that nobody has is in none. */
export async function landedWith(ledger: Ledger, risks: readonly string[]): Promise<Member[]> {
  const found: Member[] = [];
  for await (const entry of ledger.entries()) {
    const { branch, base } = landedIn(entry, risks);
    if (branch.length + base.length > 0) found.push(memberOf(entry));
  }
  return found;
}
