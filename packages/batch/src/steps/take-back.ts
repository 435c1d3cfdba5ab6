import { type CommitSpec, withLimits } from "@ci-fix/git";
import { planTakeBack, rollbackMessage } from "@ci-fix/runner";
import type { Context } from "../context.ts";
import { readTree, type Tree } from "../judging/tree.ts";
import { watch } from "../judging/view.ts";
import { readContents } from "../ledger/contents.ts";
import type { Change, Entry, Reach, StoredPlan } from "../types.ts";
import { inWorkplace } from "../workplace/open.ts";
import type { Workplace } from "../workplace/types.ts";
import { isFar } from "./close.ts";
import { shortName } from "./land.ts";
import { landedIn, mergedPlan } from "./landed.ts";
import { Stopped } from "./outcome.ts";
import { lookAtPulls, repositoryName } from "./pull-request.ts";

/**
 * Takes risks back in one repository, each place with one commit for each risk: on the campaign's branch while they are not merged, else
 * on a branch of its own from the default branch. The edit that is taken back stands in the ledger, so no history is needed.
 */
export async function takeBackStep(
  context: Context,
  entry: Entry,
  ids: readonly string[],
  reach: Reach,
): Promise<Change> {
  const { branch, base } = landedIn(entry, ids);
  // What cannot be taken back from the default branch leaves the campaign's branch as it is.
  const fromBase = base.length > 0 ? await fromDefaultBranch(context, entry, base, reach) : {};
  const fromBranch = branch.length > 0 ? await fromOwnBranch(context, entry, branch) : {};
  return { ...fromBase, ...fromBranch, state: entry.state, takenBack: [...entry.takenBack, ...base, ...branch] };
}

async function fromOwnBranch(context: Context, entry: Entry, wanted: readonly string[]): Promise<Change> {
  const { planBody } = entry;
  if (planBody === null) return {};
  const { branch } = context.ledger.settings;
  const { change } = await inPlace(context, entry, planBody, { branch, wanted, merged: false });
  return change;
}

async function fromDefaultBranch(
  context: Context,
  entry: Entry,
  wanted: readonly string[],
  reach: Reach,
): Promise<Change> {
  const branch = `${context.ledger.settings.branch}-without-${wanted.join("-")}`;
  const { base } = await inPlace(context, entry, mergedPlan(entry), { branch, wanted, merged: true });
  if (base === undefined) return { detail: `nothing is left of ${wanted.join(", ")}` };
  return reach === "pr-open" ? { detail: await openRollback(context, entry, branch, { ids: wanted, base }) } : {};
}

interface Done {
  readonly change: Change;
  /** Short name of the default branch; undefined where nothing of a merged fix is left in it. */
  readonly base: string | undefined;
}

function inPlace(
  context: Context,
  entry: Entry,
  plan: StoredPlan,
  { branch, wanted, merged }: Omit<Place, "workplace">,
): Promise<Done> {
  const far = isFar(entry) || merged;
  return withLimits(context.ledger.settings.limits, () =>
    inWorkplace(context, entry, { far, again: true, ...(merged ? {} : { show: branch }) }, async (workplace) => ({
      result: await takeBackAt(context, entry, plan, { workplace, branch, wanted, merged }),
      keep: false,
    })),
  );
}

interface Place {
  readonly workplace: Workplace;
  readonly branch: string;
  readonly wanted: readonly string[];
  readonly merged: boolean;
}

async function takeBackAt(
  { ledger, worker }: Context,
  entry: Entry,
  plan: StoredPlan,
  { workplace, branch, wanted, merged }: Place,
): Promise<Done> {
  const refs = await workplace.look(branch);
  const base = shortName(refs.defaultRef ?? "");
  const start = merged ? workplace.head.oid : (refs.branch ?? (entry.kind === "remote" ? undefined : entry.tip));
  if (start === undefined || start === null)
    throw new Stopped({ state: "blocked", reason: "branch", detail: `the branch ${branch} is gone` });
  if (!merged && !entry.tips.includes(start)) {
    throw new Stopped({
      state: "blocked",
      reason: "branch",
      detail: `the branch ${branch} holds commits that this campaign did not make`,
    });
  }
  // A run that was killed after its push finds its own commit there.
  const before = merged ? start : startBefore(entry, start);
  await workplace.fetchCommit(before);
  const specs = await rollbackCommits(ledger, plan, wanted, await readTree(workplace, before));
  if (merged && specs.length === 0) return { change: {}, base: undefined };
  const tip =
    specs.length === 0
      ? before
      : ((await workplace.repository.buildSeries(before, specs, ledger.settings.author)).at(-1) ?? before);
  if (merged && refs.branch !== undefined && refs.branch !== tip)
    throw new Stopped({ state: entry.state, detail: `the branch ${branch} is there already, with other commits` });
  const tips = [...new Set([...entry.tips, tip])];
  await ledger.record(entry.id, { tips }, worker);
  if (refs.branch !== tip) await workplace.publish(branch, tip, refs.branch);
  return { change: merged ? {} : { tip, ...(isFar(entry) ? { pushed: tip } : {}) }, base };
}

/** Where the branch was before this take-back: at the entry's tip, unless the push went through already. */
function startBefore(entry: Entry, start: string): string {
  return entry.tip ?? start;
}

async function rollbackCommits(
  { database, settings }: Context["ledger"],
  plan: StoredPlan,
  wanted: readonly string[],
  tree: Tree,
): Promise<CommitSpec[]> {
  const risks = plan.risks.filter(({ id }) => wanted.includes(id));
  const paths = [...new Set(risks.flatMap(({ alone }) => alone.map(({ path }) => path)))];
  await tree.read(paths.flatMap((path) => tree.entries.get(path)?.oid ?? []));
  const contents = await readContents(
    database,
    risks.flatMap(({ alone }) => alone.flatMap(({ before, after }) => [before, after])),
  );
  const textOf = (digest: string): string => contents.get(digest)?.toString("utf8") ?? "";
  const today = new Map(paths.map((path) => [path, tree.blobs.get(tree.entries.get(path)?.oid ?? "")]));
  const policy = { milestone: settings.milestone, date: settings.date, critical: [], bestEffort: [] };
  const { repository } = watch(tree);
  return risks.flatMap(({ id, alone }) => {
    const commit = plan.commits.find(({ ids }) => ids.includes(id));
    const subject = commit?.message.split("\n", 1)[0] ?? "";
    const fixes = alone.map(({ path, before, after, splices }) => ({
      file: path,
      splices,
      before: textOf(before),
      fixed: textOf(after),
      origin: textOf(before),
      today: today.get(path),
      repository,
    }));
    const planned = planTakeBack([id], subject, fixes, policy);
    const [refusal] = planned.refusals;
    if (refusal !== undefined)
      throw new Stopped({
        state: "blocked",
        reason: "conflict",
        detail: `${id}: ${refusal.file ?? ""}: ${refusal.message}`,
      });
    for (const { file, after } of planned.changes) today.set(file, after);
    if (planned.changes.length === 0) return [];
    return [
      {
        message: rollbackMessage([id], subject),
        changes: planned.changes.map(({ file, after }) => ({ path: file, bytes: after })),
      },
    ];
  });
}

async function openRollback(
  { ledger, findForge }: Context,
  entry: Entry,
  branch: string,
  { ids, base }: { readonly ids: readonly string[]; readonly base: string },
): Promise<string> {
  const forge = findForge(entry.host);
  if (forge === undefined) return `the branch ${branch} takes back ${ids.join(", ")}`;
  const { open } = await lookAtPulls(forge, entry, branch);
  const { draft, labels, reviewers } = ledger.settings.pullRequest;
  const title = `ci: roll back ${ids.join(", ")}`;
  const body = `The lines are again as they were before ${ids.join(", ")} was fixed.\n`;
  const pull =
    open ?? (await forge.open(repositoryName(entry), { title, body, head: branch, base, draft, labels, reviewers }));
  return `${pull.url} takes back ${ids.join(", ")}`;
}
