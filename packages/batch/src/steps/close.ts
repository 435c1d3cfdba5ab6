import { withLimits } from "@ci-fix/git";
import type { Context } from "../context.ts";
import type { Change, Entry } from "../types.ts";
import { inWorkplace } from "../workplace/open.ts";
import { lookAtPulls, repositoryName } from "./pull-request.ts";

/** Takes back what the campaign opened: its pull request is closed with a word, its branch goes if it holds nothing but its own commits. */
export async function closeStep(context: Context, entry: Entry, why: string): Promise<Change> {
  const { settings } = context.ledger;
  const forge = entry.host === "" ? undefined : context.findForge(entry.host);
  if (forge !== undefined) {
    const { open } = await lookAtPulls(forge, entry, settings.branch);
    if (open !== undefined) await forge.close(repositoryName(entry), open.number, why);
  }
  const detail = hasBranch(entry) ? await retract(context, entry, why) : why;
  return {
    state: "closed",
    reason: "done",
    detail,
    pull: null,
    pullUrl: null,
    pushed: null,
    tip: null,
    plan: null,
    planBody: null,
  };
}

async function retract(context: Context, entry: Entry, why: string): Promise<string> {
  const { limits, branch } = context.ledger.settings;
  return withLimits(limits, () =>
    inWorkplace(context, entry, { far: isFar(entry), again: true }, async (workplace) => {
      const { branch: tip } = await workplace.look(branch);
      const ours = tip !== undefined && entry.tips.includes(tip);
      if (ours) await workplace.retract(branch, tip);
      const left = tip !== undefined && !ours;
      return { result: left ? `${why}; the branch ${branch} stays: it holds commits of others` : why, keep: false };
    }),
  );
}

/** Whether the campaign made a branch there that somebody can see. */
export function hasBranch({ kind, pushed, tip }: Pick<Entry, "kind" | "pushed" | "tip">): boolean {
  return pushed !== null || (kind === "folder" && tip !== null);
}

/** A clone's branch is in the clone until it was pushed. */
export function isFar(entry: Entry): boolean {
  return entry.kind === "remote" || entry.pushed !== null;
}
