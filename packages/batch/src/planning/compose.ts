import { createHash } from "node:crypto";
import { writeLanding } from "@ci-fix/runner";
import type { Ledger } from "../ledger/ledger.ts";
import type { Change, Entry, JudgementRef, State, StoredJudgement, StoredPlan, StoredRisk } from "../types.ts";
import { readRisks } from "./number.ts";

const MOST_KEPT = 500;

/** Reads judgements, the ones that many repositories share once. */
export class Judgements {
  readonly #ledger: Ledger;
  readonly #kept = new Map<string, StoredJudgement>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** In the order of the references. */
  async read(refs: readonly JudgementRef[]): Promise<StoredJudgement[]> {
    const nameOf = ({ key, variant }: JudgementRef): string => `${key} ${variant}`;
    const missing = refs.filter((ref) => !this.#kept.has(nameOf(ref)));
    if (missing.length > 0) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      const rows = await this.#ledger.database.query<JudgementRef & { body: StoredJudgement }>(
        "select key, variant, body from ci_fix.judgement where key = any($1)",
        [refs.map(({ key }) => key)],
      );
      for (const row of rows) this.#kept.set(nameOf(row), row.body);
    }
    return refs.map((ref) => {
      const body = this.#kept.get(nameOf(ref));
      if (body === undefined) throw new Error(`the ledger lost the judgement ${ref.key}`);
      return body;
    });
  }
}

/** Puts the plan of one repository together: the commits of its judgements under the fleet's ids, without what was taken back. */
export async function composePlan(
  entry: Pick<Entry, "judged" | "takenBack">,
  ids: ReadonlyMap<string, string>,
  judgements: Judgements,
): Promise<{ readonly plan: StoredPlan; readonly digest: string }> {
  const bodies = await judgements.read(entry.judged);
  const risks = bodies.flatMap((body) => body.risks);
  const idOf = (key: string): string => ids.get(key) ?? key;
  const commits = bodies
    .flatMap((body) => body.commits)
    .map(({ keys, words, changes }) => ({ ids: keys.map(idOf), words, changes }))
    .filter((commit) => !commit.ids.some((id) => entry.takenBack.includes(id)))
    .map((commit) => ({ ids: commit.ids, message: writeLanding(commit.ids, commit.words), changes: commit.changes }));
  const landing = new Set(commits.flatMap((commit) => commit.ids));
  const stored = risks
    .map(({ key, title, effects, alone }): StoredRisk => ({ id: idOf(key), key, title, effects, alone }))
    .filter(({ id }) => landing.has(id));
  const left = risks
    .filter(({ standing }) => standing !== "fix")
    .map(({ id, title, standing, refusals }) => ({
      id: id ?? "",
      why:
        standing === "refused"
          ? (refusals[0]?.message ?? "refused")
          : `${title}: ${LEFT[standing as "review" | "report"]}`,
    }));
  const digest = createHash("sha256").update(JSON.stringify(commits)).digest("hex");
  return { plan: { commits, risks: stored, left }, digest };
}

const LEFT = { review: "wants a review", report: "only a person can decide" } as const;

/** Where a repository stands whose plan is what it was when it was last landed. */
function landedState(entry: Entry): State {
  if (entry.pull !== null) return "pr-open";
  if (entry.pushed !== null) return "pushed";
  return entry.tip === null ? "planned" : "committed";
}

/** What a scanned repository becomes with its plan. */
export function planned(entry: Entry, plan: StoredPlan, digest: string): Change {
  if (plan.commits.length === 0)
    return { state: "clean", detail: "all that was found was taken back", plan: null, planBody: null };
  if (entry.declined.includes(digest))
    return {
      state: "closed",
      reason: "declined",
      detail: "somebody closed the pull request of this plan",
      plan: digest,
      planBody: plan,
    };
  if (entry.plan === digest) return { state: landedState(entry), planBody: plan };
  return { state: "planned", reason: "", plan: digest, planBody: plan };
}

/** Plans every scanned repository. */
export async function composePlans(ledger: Ledger): Promise<void> {
  const ids = await readRisks(ledger.database, ledger.campaign);
  const judgements = new Judgements(ledger);
  for await (const entry of ledger.entries(["scanned"])) {
    const full = await composePlan({ ...entry, takenBack: [] }, ids, judgements);
    const { plan, digest } = entry.takenBack.length === 0 ? full : await composePlan(entry, ids, judgements);
    // A branch that holds a fix and its rollback is as good as one without both: it is left alone.
    const same = entry.takenBack.length > 0 && entry.plan === full.digest;
    await ledger.record(entry.id, same ? { state: landedState(entry) } : planned(entry, plan, digest));
  }
}
