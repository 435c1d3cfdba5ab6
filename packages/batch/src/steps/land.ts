import type { Forge } from "@ci-fix/forge";
import { type RemoteRefs, withLimits } from "@ci-fix/git";
import type { Context } from "../context.ts";
import { readContents } from "../ledger/contents.ts";
import { composePlan, Judgements } from "../planning/compose.ts";
import { readRisks } from "../planning/number.ts";
import type { Change, Entry, Reach, StoredPlan } from "../types.ts";
import { inWorkplace } from "../workplace/open.ts";
import type { Workplace } from "../workplace/types.ts";
import { Stopped } from "./outcome.ts";
import { draftOf, lookAtPulls, repositoryName } from "./pull-request.ts";
import { scanAt } from "./scan.ts";

/**
 * Takes a planned repository as far as it is to go. Nothing is believed that can be looked at: each effect is preceded by a look and by a
 * line in the ledger, so that a run that is killed anywhere goes on where it was, and makes nothing twice.
 */
export async function landStep(context: Context, entry: Entry, reach: Reach): Promise<Change> {
  const { plan, planBody } = entry;
  if (plan === null || planBody === null) return { state: entry.state };
  if (entry.declined.includes(plan)) return declined(entry, "somebody closed the pull request of this plan");
  const forge = await readyForge(context, entry, reach);
  const before = forge === undefined ? {} : await lookAtPulls(forge, entry, context.ledger.settings.branch);
  if (before.merged !== undefined) return { state: "merged", pull: before.merged.number, pullUrl: before.merged.url };
  if (before.declined !== undefined && before.open === undefined)
    return declined(entry, `somebody closed ${before.declined.url}`, plan);
  const far = reach !== "committed";
  const landed = await withLimits(context.ledger.settings.limits, () =>
    inWorkplace(context, entry, { far, again: true }, async (workplace) => ({
      result: await landAt(context, entry, planBody, { workplace, reach }),
      keep: reach === "committed",
    })),
  );
  if (reach !== "pr-open" || forge === undefined) return landed.change;
  return openPullRequest(context, { ...entry, ...landed.change }, planBody, { forge, base: landed.base });
}

function declined(entry: Entry, detail: string, plan?: string): Change {
  return {
    state: "closed",
    reason: "declined",
    detail,
    declined: plan === undefined ? entry.declined : [...entry.declined, plan],
  };
}

/** The forge that pull requests go to, after it has said that nothing stands in the way. */
async function readyForge(context: Context, entry: Entry, reach: Reach): Promise<Forge | undefined> {
  const forge = entry.host === "" ? undefined : context.findForge(entry.host);
  if (forge === undefined) {
    if (reach !== "pr-open") return undefined;
    const host = entry.host === "" ? "a folder has no pull requests" : `${entry.host} is no forge that ci-fix knows`;
    throw new Stopped({ state: "blocked", reason: "no-forge", detail: `${host}; --push goes without` });
  }
  if (reach === "committed") return forge;
  const { obstacles } = await forge.preflight(repositoryName(entry));
  const [first] = obstacles;
  if (first !== undefined) throw new Stopped({ state: "blocked", reason: first.obstacle, detail: first.message });
  return forge;
}

interface Landing {
  readonly workplace: Workplace;
  readonly reach: Reach;
}

async function landAt(
  context: Context,
  entry: Entry,
  plan: StoredPlan,
  { workplace, reach }: Landing,
): Promise<{ readonly change: Change; readonly base: string }> {
  const { ledger, worker } = context;
  const { branch, author } = ledger.settings;
  const refs = await workplace.look(branch);
  const base = shortName(refs.defaultRef ?? workplace.head.ref ?? "");
  if (refs.branch !== undefined && refs.branch === entry.tip) return { change: reached(reach, refs.branch), base };
  const head = requireHead(refs, workplace, { entry, reach });
  const scanned = head === entry.head ? {} : await requireSamePlan(context, entry, workplace);
  const contents = await readContents(
    ledger.database,
    plan.commits.flatMap(({ changes }) => changes.map(({ digest }) => digest)),
  );
  const specs = plan.commits.map(({ message, changes }) => ({
    message,
    changes: changes.map(({ path, digest }) => ({ path, bytes: contents.get(digest) ?? Buffer.alloc(0) })),
  }));
  const tip = (await workplace.repository.buildSeries(head, specs, author)).at(-1) ?? head;
  const ours = refs.branch === undefined || refs.branch === tip || entry.tips.includes(refs.branch);
  if (!ours) throw new Stopped(taken(branch));
  const tips = [...new Set([...entry.tips, tip])];
  await ledger.record(entry.id, { ...scanned, state: "committed", base: head, tip, tips }, worker);
  // Commits without a branch are seen by nobody: in a copy of a remote that is as far as `--commit` goes.
  if (reach === "committed" && entry.kind === "remote") return { change: { state: "committed" }, base };
  if (refs.branch !== tip) await workplace.publish(branch, tip, refs.branch);
  return { change: reached(reach, tip), base };
}

function reached(reach: Reach, tip: string): Change {
  return reach === "committed" ? { state: "committed" } : { state: "pushed", pushed: tip };
}

function taken(branch: string): Change {
  return {
    state: "blocked",
    reason: "branch",
    detail: `the branch ${branch} holds commits that this campaign did not make`,
  };
}

export function shortName(ref: string): string {
  return ref.replace(/^refs\/heads\//u, "");
}

/** The commit to build on. In a clone it must be what the server shows: nothing of its owner's is pushed along. */
function requireHead(refs: RemoteRefs, workplace: Workplace, { entry, reach }: { entry: Entry; reach: Reach }): string {
  const head = workplace.head.oid;
  if (head === undefined) throw new Stopped({ state: "skipped", reason: "empty", detail: "it has no commit any more" });
  if (entry.kind === "folder" && reach !== "committed" && refs.head !== head) {
    throw new Stopped({
      state: "blocked",
      reason: "behind",
      detail: "the clone is not at the newest commit of its origin's default branch",
    });
  }
  return head;
}

/** The default branch has moved since it was scanned: what would be done now must be what was planned. Returns what is known of it now. */
async function requireSamePlan(context: Context, entry: Entry, workplace: Workplace): Promise<Change> {
  const scanned = await scanAt(context, workplace);
  const ids = await readRisks(context.ledger.database, context.ledger.campaign);
  const now =
    scanned.state === "scanned"
      ? await composePlan(
          { judged: scanned.judged ?? [], takenBack: entry.takenBack },
          ids,
          new Judgements(context.ledger),
        )
      : undefined;
  if (now?.digest === entry.plan) return scanned;
  throw new Stopped({
    ...scanned,
    state: "superseded",
    reason: "moved-on",
    detail: "its CI files have changed since it was planned; plan again",
  });
}

async function openPullRequest(
  { ledger, worker }: Context,
  entry: Entry,
  plan: StoredPlan,
  { forge, base }: { readonly forge: Forge; readonly base: string },
): Promise<Change> {
  const draft = draftOf(entry, plan, ledger.settings, base);
  await ledger.record(entry.id, { state: "pushed", pushed: entry.pushed }, worker);
  const { open } = await lookAtPulls(forge, entry, draft.head);
  const name = repositoryName(entry);
  const pull =
    open === undefined
      ? await forge.open(name, draft)
      : open.body === draft.body
        ? open
        : await forge.update(name, open.number, draft);
  return { state: "pr-open", pushed: entry.pushed, pull: pull.number, pullUrl: pull.url };
}
